import { type AuthorizationCall, isAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { flushAudit, verifyAudit } from '@/lib/audit';
import { type Ctx, db, newId, systemCtx } from '@/lib/core';
import { type DecisionProduct, decide, requireDecision, seedPolicies } from '@/lib/governance';
import { withDatabase } from './support/database';

/**
 * Access decisions a second: from the cache, worked out anew (facts read from Postgres, Cedar asked),
 * and durable (decided, then waited for until the audit row is committed with fsync), beside cedar-wasm
 * alone with one policy parsed each time. Ratios compare machines better than the numbers do.
 */
const BUDGET_MS = 2000;
const WAITING = 128;

const RAW: AuthorizationCall = {
  principal: { type: 'User', id: 'u' },
  action: { type: 'Action', id: 'read' },
  resource: { type: 'Product', id: 'p' },
  context: {},
  policies: {
    staticPolicies: {
      one: `permit (principal is User, action == Action::"read", resource) when {
        resource.classification == "public" };`,
    },
  },
  entities: [
    { uid: { type: 'User', id: 'u' }, attrs: {}, parents: [] },
    { uid: { type: 'Product', id: 'p' }, attrs: { classification: 'public' }, parents: [] },
  ],
};

/** Calls `work` from `callers` loops until the budget is spent; the rate a second. */
async function rate(callers: number, work: (index: number) => unknown): Promise<number> {
  let done = 0;
  const start = performance.now();
  const end = start + BUDGET_MS;
  const loop = async () => {
    while (performance.now() < end) {
      await work(done);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, loop));
  return done / ((performance.now() - start) / 1000);
}

async function world(): Promise<{ ctx: Ctx; products: DecisionProduct[] }> {
  const domain = await db().domain.create({
    data: { id: newId(), name: 'sales', title: 'Sales' },
  });
  const owner = await db().user.create({
    data: { id: newId(), email: 'owner@portolan.example', name: 'Owner' },
  });
  const reader = await db().user.create({
    data: { id: newId(), email: 'reader@portolan.example', name: 'Reader' },
  });
  await seedPolicies(systemCtx('bench'));
  const actor = {
    type: 'user' as const,
    id: reader.id,
    email: reader.email,
    name: reader.name,
    platformRoles: [],
    memberships: [{ domainId: domain.id, domain: 'sales', role: 'data_consumer' as const }],
  };
  const products = Array.from({ length: 100_000 }, (_, index) => ({
    id: `product-${index}`,
    name: `product-${index}`,
    domainId: domain.id,
    domain: 'sales',
    classification: 'internal',
    ownerId: owner.id,
    status: 'production',
  }));
  return { ctx: { actor, requestId: newId(), via: 'session' }, products };
}

async function measure(): Promise<void> {
  const { ctx, products } = await world();
  const read = (index: number) => ({
    action: 'read' as const,
    product: products[index % products.length]!,
  });
  const raw = await rate(1, () => isAuthorized(RAW));
  const results = {
    'cedar-wasm alone, policy parsed each time': raw,
    'decide, from the cache': await rate(1, (index) => decide(ctx, read(index % 100))),
    'decide, worked out anew': await rate(8, (index) => decide(ctx, read(index + 100))),
    [`decide and record durably, ${WAITING} waiting`]: await rate(WAITING, (index) =>
      requireDecision(ctx, read(index % 100)),
    ),
  };
  for (const [name, value] of Object.entries(results)) {
    const ratio = (value / raw).toFixed(2);
    console.log(`${name.padEnd(44)} ${Math.round(value).toString().padStart(8)}/s  ${ratio} × raw`);
  }
  await flushAudit();
  const start = performance.now();
  const report = await verifyAudit();
  const perSecond = Math.round(report.rows / ((performance.now() - start) / 1000));
  console.log(`audit verified: ${report.ok}, ${report.rows} rows at ${perSecond}/s`);
  if (!report.ok) process.exitCode = 1;
}

await withDatabase(measure);
