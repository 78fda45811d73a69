import type pg from 'pg';

export interface ScorecardSize {
  products: number;
  /** Changes of each scorecard before the first round. */
  changes: number;
  /** Stewards' own checks. */
  checks: number;
  /** The moment that it all is looked at, milliseconds. */
  now: number;
}

const COLUMNS = `(select jsonb_agg(jsonb_build_object('name', 'c' || n, 'type', 'string', 'primaryKey', n = 1,
  'description', case when n % 4 > 0 or i % 3 = 0 then 'What it means' else '' end)) from generate_series(1, 12) n)`;
/** Live products that are checked, read by others and granted; one in ten is restricted. */
const PRODUCTS = `
  insert into domain (id, name, title) select 'd' || i, 'domain-' || i, 'Domain ' || i from generate_series(1, 20) i;
  insert into "user" (id, email, name) select 'u' || i, 'u' || i || '@portolan.example', 'u' || i from generate_series(1, 500) i;
  insert into product (id, "domainId", "ownerId", name, title, description, classification, status, template, descriptor, documentation)
    select 'p' || i, 'd' || (1 + i % 20), 'u' || (1 + i % 500), 'p' || i, 'Product ' || i, 'One row for each thing that a benchmark counts.',
      case i % 10 when 0 then 'restricted' else 'internal' end, 'production', 'batch_analytics',
      jsonb_build_object('apiVersion', 'v1', 'kind', 'DataProduct',
        'metadata', jsonb_build_object('name', 'p' || i, 'namespace', 'domain-' || (1 + i % 20) || '-domain'),
        'spec', jsonb_build_object('owner', 'u@portolan.example', 'version', '1.0.0', 'description', 'Counted', 'schema', ${COLUMNS})),
      repeat('Words about it. ', 60) || E'\\n## Purpose\\nCounting.\\n## Limits\\nNone.' from generate_series(1, :products) i;
  insert into usage_reader_day ("productId", day, "userId", reads)
    select 'p' || (1 + i % :products), date_trunc('day', :now::timestamptz, 'UTC') - interval '1 day' * (i % 20), 'u' || (1 + i % 499), 3
    from generate_series(1, :products * 20) i on conflict do nothing;
  insert into quality_rule (id, "productId", name, dimension, "check") select 'r' || i, 'p' || i, 'r', 'completeness', 'not_null' from generate_series(1, :products) i;
  insert into quality_run (id, "productId", "snapshotId", scores, "startedAt", "finishedAt")
    select 'q' || i || '-' || n, 'p' || i, 's', '{"completeness": 99}', at, at from generate_series(1, :products) i, generate_series(1, 10) n,
      lateral (select :now::timestamptz - interval '1 day' * n as at) t;
  insert into "grant" (id, "productId", "subjectId", purpose, "grantedById") select 'g' || i, 'p' || (1 + i % :products), 'u' || (1 + i % 500), 'x', 'u1' from generate_series(1, :products) i;
  insert into custom_check (id, name, title, words, property, level, expression, "nextStep", "createdAt")
    select 'c' || i, 'own-' || i, 'Own check ' || i, 'A benchmark counts it.', 'interoperable', 1 + i % 3,
      'columns.filter(c, c.description != "").size() > ' || i || ' && (!has(measured.completeness) || measured.completeness > 90.0)',
      'Describe more columns.', :now from generate_series(1, :checks) i`;

/** What was recorded before: every fourth change moved the level of a product, which is where the newest row says. */
const HISTORY = `
  delete from scorecard_change;
  insert into scorecard_change ("productId", at, level, before, score, levels, changes)
    select c."productId", :now::timestamptz - interval '1 hour' * ((:changes - n) * 90 + hashtext(c."productId" || n) % 24 + 30),
      (:changes - n) / 4 % 2, case when n > 0 then (:changes - n + 1) / 4 % 2 end, c.score, c.levels,
      case when n = 0 then '[]'::jsonb else '[{"check": "described", "from": "fail", "to": "pass"}]'::jsonb end
    from scorecard c, generate_series(0, :changes) n`;
/** A campaign over all, in which each product came to its goal, fell behind it and came there again. */
const CAMPAIGN = `
  insert into campaign (id, title, kind, target, deadline, "everyDays", "createdById", "createdAt")
    values ('campaign', 'Describe it', 'check', 'described', :now::timestamptz + interval '30 days', 7, 'u1', :now::timestamptz - interval '60 days');
  insert into campaign_product select 'campaign', 'p' || i, i % 3 > 0, :now::timestamptz - interval '1 hour' * (i % 300) from generate_series(1, :products) i;
  insert into campaign_event ("campaignId", "productId", at, "isReached", before)
    select 'campaign', 'p' || i, :now::timestamptz - interval '1 hour' * (1400 - n * 200 - i % 150), (n % 2 = 0) = (i % 3 > 0),
      case when n = 0 then null else (n % 2 = 1) = (i % 3 > 0) end from generate_series(1, :products) i, generate_series(0, 4) n`;

const fill = async (owner: pg.Client, statements: string, size: ScorecardSize) => {
  await owner.query('set session_replication_role = replica');
  for (const statement of statements.split(';\n')) {
    const sql = Object.entries({ ...size, now: `'${new Date(size.now).toISOString()}'` }).reduce(
      (text, [name, value]) => text.replaceAll(`:${name}`, String(value)),
      statement,
    );
    await owner.query(sql);
  }
  await owner.query('set session_replication_role = origin');
  await owner.query('vacuum analyze');
};

/** @param owner a superuser: statistics are for whoever the tables belong to */
export const makeScorecardProducts = (owner: pg.Client, size: ScorecardSize) =>
  fill(owner, PRODUCTS, size);
/** After the first round. */
export const makeScorecardHistory = (owner: pg.Client, size: ScorecardSize) =>
  fill(owner, `${HISTORY};\n${CAMPAIGN}`, size);

/** From now on nobody but stewards finds what is restricted. */
export async function hideRestricted(owner: pg.Client): Promise<void> {
  const name = 'hidden';
  const policy = `forbid (principal is User, action == Action::"discover", resource)
    when { resource.classification == "restricted" && !principal.isSteward };`;
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name } },
    spec: { cedar_policies: [{ id: name, policy }] },
  };
  await owner.query(
    `insert into policy_document (id, name, version, stage, document, yaml) values ($1, $1, 1, 'enforced', $2, '')`,
    [name, document],
  );
  await owner.query(`select pg_notify('portolan_policy', 'bench')`);
}
