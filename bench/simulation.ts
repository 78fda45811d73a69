import pg from 'pg';
import { db, env, newId, systemCtx, transact } from '@/lib/core';
import {
  draftPolicy,
  runSimulation,
  savePolicyDraft,
  seedPolicies,
  simulatePolicy,
} from '@/lib/governance';
import { withDatabase } from './support/database';

/**
 * A draft tried on 10,000 products, 20,000 grants and a million logged decisions, beside what PostgreSQL needs
 * alone to read and group those decisions. The rows are made by SQL; nothing of the portal's own is left out.
 */
const PRODUCTS = 10_000;
const PEOPLE = 2000;
const GRANTS = 20_000;
const DECISIONS = Number(process.env.BENCH_DECISIONS ?? 1_000_000);

const STRICT = `apiVersion: v1
kind: DataGovernancePolicy
metadata:
  name: global-data-governance
spec:
  access_control:
    - role: data_consumer
      permissions: [read]
      data_access: [public]
    - role: data_producer
      permissions: [read, write]
      data_access: [public, internal]
    - role: data_admin
      permissions: [read, write, delete, manage]
      data_access: [public, internal, confidential, restricted]
`;

const GROUP = `select count(*)::int as groups from (select 1 from audit_event where kind = 'decision'
  and at >= now() - interval '30 days' group by "actorId", "productId", action, detail->>'purpose') g`;

async function fill(): Promise<void> {
  const domainId = newId();
  await db().domain.create({ data: { id: domainId, name: 'sales', title: 'Sales' } });
  await seedPolicies(systemCtx('bench'));
  const client = new pg.Client({ connectionString: env().PORTOLAN_APP_DATABASE_URL });
  await client.connect();
  const descriptor = {
    apiVersion: 'v1',
    kind: 'DataProduct',
    metadata: { name: 'product', namespace: 'sales-domain' },
    spec: {
      owner: 'o@portolan.example',
      version: '1.0.0',
      description: 'Made by a benchmark.',
      title: 'Product',
      classification: 'internal',
      template: 'batch_analytics',
      schema: [{ name: 'id', type: 'long' }],
    },
  };
  await client.query(
    `insert into "user" (id, email, name) select 'u' || i, 'u' || i || '@portolan.example', 'u' || i from generate_series(1, $1::int) i`,
    [PEOPLE],
  );
  await client.query(
    `insert into membership ("domainId", "userId", role) select $1, 'u' || i,
       (array['data_consumer', 'data_producer', 'data_admin'])[1 + i % 3] from generate_series(1, $2::int) i where i % 2 = 0`,
    [domainId, PEOPLE],
  );
  await client.query(
    `insert into product (id, "domainId", "ownerId", name, title, description, classification, status, template, descriptor)
     select 'p' || i, $1, 'u' || (1 + i % $2::int), 'p' || i, 'Product ' || i, 'Made by a benchmark.',
       (array['public', 'internal', 'confidential', 'restricted'])[1 + i % 4], 'production', 'batch_analytics', $3::jsonb
     from generate_series(1, $4::int) i`,
    [domainId, PEOPLE, JSON.stringify(descriptor), PRODUCTS],
  );
  await client.query(
    `insert into "grant" (id, "productId", "subjectId", purpose, "grantedById")
     select 'g' || i, 'p' || (1 + floor(random() * $1::int)), 'u' || (1 + floor(random() * $2::int)), 'study', 'u1' from generate_series(1, $3::int) i`,
    [PRODUCTS, PEOPLE, GRANTS],
  );
  await client.query(
    `insert into audit_event (chain, seq, id, at, kind, action, "actorType", "actorId", "actorLabel", decision,
       "productId", "domainId", detail, "prevHash", hash)
     select 1000, i, 'e' || i, now() - (i % 2592000) * interval '1 second', 'decision', 'product.read', 'user',
       'u' || (1 + floor(random() * $1::int)), 'u', 'allow', 'p' || (1 + floor(random() * $2::int)), $3, '{}', '', ''
     from generate_series(1, $4::int) i`,
    [PEOPLE, PRODUCTS, domainId, DECISIONS],
  );
  await client.query('analyze');
  await client.end();
}

await withDatabase(async () => {
  await fill();
  const ctx = systemCtx('bench');
  const { policyId } = await draftPolicy(ctx, { name: 'global-data-governance' });
  const { rev } = await savePolicyDraft(ctx, { policyId, rev: 1, yaml: STRICT, reason: 'Bench' });
  const client = new pg.Client({ connectionString: env().PORTOLAN_APP_DATABASE_URL });
  await client.connect();
  await client.query(`set work_mem = '128MB'`);
  const from = performance.now();
  const { rows } = await client.query<{ groups: number }>(GROUP);
  const baseline = performance.now() - from;
  await client.end();
  const { simulationId } = await simulatePolicy(ctx, { policyId, rev });
  const start = performance.now();
  await runSimulation(simulationId);
  const took = performance.now() - start;
  const done = await transact((tx) =>
    tx.policySimulation.findUniqueOrThrow({ where: { id: simulationId } }),
  );
  process.stdout.write(
    `${PRODUCTS} products, ${GRANTS} grants, ${DECISIONS} decisions in ${rows[0]?.groups} groups\n` +
      `reading and grouping alone: ${(baseline / 1000).toFixed(1)} s\n` +
      `the whole simulation: ${(took / 1000).toFixed(1)} s (${(took / baseline).toFixed(1)} times that), ${done.status} ${done.error ?? ''}\n` +
      `${JSON.stringify(done.result)}\n`,
  );
});
