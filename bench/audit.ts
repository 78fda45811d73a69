import pg from 'pg';
import { type AuditFilter, getAuditEvent, listAudit } from '@/lib/audit';
import { type Ctx, env, newId } from '@/lib/core';
import { withDatabase } from './support/database';

/**
 * Searches of an audit log of ten million rows over fourteen months (BENCH_ROWS for fewer), each beside the same
 * search without an index, and all beside the reading of one row by its key. The rows are made by SQL.
 */
const ROWS = Number(process.env.BENCH_ROWS ?? 10_000_000);
const MONTHS = 14;
const AGAIN = 15;

const steward: Ctx = {
  actor: {
    type: 'user',
    id: newId(),
    email: 'steward@portolan.example',
    name: 'S',
    platformRoles: ['steward'],
    memberships: [],
  },
  requestId: newId(),
  via: 'session',
};

/** 2,000 people, 5,000 products, 100 domains; one row in 50 is a change, one decision in 200 is refused. */
const FILL = `insert into audit_event (chain, seq, id, at, kind, action, "actorType", "actorId", "actorLabel", decision,
    "targetType", "targetId", "productId", "domainId", "requestId", detail, "prevHash", hash)
  select i % 16, i / 16 + 1, 'e' || i, $1::timestamptz + ($2::timestamptz - $1::timestamptz) * (i::float8 / $3::int),
    case when i % 50 = 0 then 'verb' else 'decision' end,
    case when i = $3::int / 3 then 'policy.activate' when i % 50 > 0 then 'product.read'
      when i < $3::int / 10 then 'draft.' || i % 7 else (array['domain', 'access', 'member'])[1 + i % 3] || '.' || i % 11 end,
    'user', 'u' || person, 'u' || person || '@portolan.example',
    case when i % 50 = 0 then null when i % 199 = 0 then 'deny' else 'allow' end,
    'product', 'p' || product, 'p' || product, 'd' || product % 100, 'r' || i,
    jsonb_build_object('purpose', 'study ' || i % 1000, 'policies', '["global-data-governance.data_consumer.internal"]'::jsonb,
      'reason', case when i = $3::int / 2 then 'needle' else 'Consumers read internal products of their domain.' end),
    decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')
  from (select i, (hashint4(i) & 2147483647) % 2000 as person,
      case when i % 1000003 = 0 then 5000 else (hashint4(i + 7) & 2147483647) % 5000 end as product
    from generate_series($4::int, $5::int) i) made`;

async function fill(owner: pg.Client): Promise<void> {
  const to = new Date();
  const from = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() - MONTHS + 1, 1));
  await owner.query(
    `select audit_add_month(month::date) from generate_series($1::timestamptz, $2, '1 month') month`,
    [from, to],
  );
  await owner.query('set synchronous_commit = off');
  await owner.query(
    `insert into "user" (id, email, name) select 'u' || i, 'u' || i || '@portolan.example', 'u' || i from generate_series(0, 1999) i`,
  );
  await owner.query(
    `insert into domain (id, name, title) select 'd' || i, 'd' || i, 'D' || i from generate_series(0, 99) i`,
  );
  // Made after the rows, the indexes are the same and cost a third.
  const { rows: indexes } = await owner.query<{ name: string; sql: string }>(
    `select indexrelid::regclass::text as name, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') as sql
     from pg_index where indrelid = 'audit_event'::regclass and not indisprimary`,
  );
  for (const { name } of indexes) await owner.query(`drop index ${name}`);
  const step = 250_000;
  for (let first = 1; first <= ROWS; first += step) {
    const last = Math.min(first + step - 1, ROWS);
    await owner.query(FILL, [from, to, ROWS, first, last]);
  }
  await owner.query(`set maintenance_work_mem = '512MB'`);
  for (const { sql } of indexes) await owner.query(sql);
  await owner.query('vacuum analyze');
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;

async function time(work: () => Promise<unknown>, times = AGAIN): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  return median(took);
}

const day = 86_400_000;
const now = Date.now();
const SEARCHES: [string, AuditFilter, string][] = [
  ['everything', {}, 'true'],
  ['an actor', { actor: 'u7@portolan.example' }, `"actorLabel" = 'u7@portolan.example'`],
  ['actions that begin with product.', { action: 'product.' }, `action like 'product.%'`],
  ['actions that begin with draft. (long ago)', { action: 'draft.' }, `action like 'draft.%'`],
  ['one rare action', { action: 'policy.activate' }, `action like 'policy.activate%'`],
  ['a product', { productId: 'p77' }, `"productId" = 'p77'`],
  ['a product with ten rows', { productId: 'p5000' }, `"productId" = 'p5000'`],
  ['a domain', { domain: 'd9' }, `"domainId" = 'd9'`],
  ['refusals', { decision: 'deny' }, `decision = 'deny'`],
  ['a request', { requestId: 'r123456' }, `"requestId" = 'r123456'`],
  [
    'a day, half a year ago',
    { from: new Date(now - 183 * day), to: new Date(now - 182 * day) },
    `at >= now() - interval '183 days' and at < now() - interval '182 days'`,
  ],
  [
    'an actor’s refusals in a domain',
    { actor: 'u7@portolan.example', domain: 'd9', decision: 'deny' },
    `"actorLabel" = 'u7@portolan.example' and "domainId" = 'd9' and decision = 'deny'`,
  ],
  [
    'a product’s refusals in a quarter',
    { productId: 'p77', decision: 'deny', from: new Date(now - 90 * day) },
    `"productId" = 'p77' and decision = 'deny' and at >= now() - interval '90 days'`,
  ],
  [
    'nobody’s changes: actor and action that never meet',
    { actor: 'u7@portolan.example', action: 'policy.' },
    `"actorLabel" = 'u7@portolan.example' and action like 'policy.%'`,
  ],
  ['changes alone', { kind: 'verb' }, `kind = 'verb'`],
  ['text that is common', { text: 'study 77' }, `detail::text ilike '%study 77%'`],
];

async function measure(ownerUrl: string): Promise<void> {
  const start = performance.now();
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await fill(owner).finally(() => owner.end());
  const size = (performance.now() - start) / 1000;
  const client = new pg.Client({ connectionString: env().PORTOLAN_APP_DATABASE_URL });
  await client.connect();
  const key = await time(() => getAuditEvent(steward, 'e77'), 50);
  console.log(`${ROWS.toLocaleString('en')} rows made in ${size.toFixed(0)} s`);
  console.log(`one row by its id: ${key.toFixed(2)} ms`);
  for (const setting of ['enable_indexscan', 'enable_bitmapscan', 'enable_indexonlyscan']) {
    await client.query(`set ${setting} = off`);
  }
  for (const [name, filter, sql] of SEARCHES) {
    const took = await time(() => listAudit(steward, filter));
    const scan = await time(
      () =>
        client.query(
          `select * from audit_event where ${sql} order by at desc, chain, seq limit 51`,
        ),
      1,
    );
    print(name, took, key, `${(scan / took).toFixed(0)} times faster than without an index`);
  }
  await client.end();
  await pages(key);
  await needle(key);
}

const print = (name: string, took: number, key: number, words: string) =>
  console.log(
    `${name.padEnd(52)} ${took.toFixed(1).padStart(8)} ms ${(took / key).toFixed(1).padStart(7)} × by id  ${words}`,
  );

/** The page after half of all rows costs what the first costs. */
async function pages(key: number): Promise<void> {
  const half = new Date(now - (MONTHS / 2) * 30 * day);
  for (const [name, filter] of [
    ['a page deep in everything', {}],
    ['a page deep in an actor’s rows', { actor: 'u7@portolan.example' }],
    ['a page deep in the refusals', { decision: 'deny' as const }],
  ] as const) {
    const after = `${half.getTime()}.3.1`;
    const took = await time(() => listAudit(steward, filter, { after }));
    print(name, took, key, 'keyset');
  }
}

/** A word that one row in the middle has, looked for by pages of bounded time. */
async function needle(key: number): Promise<void> {
  const start = performance.now();
  let pagesRead = 0;
  let longest = 0;
  let after: string | undefined;
  for (;;) {
    const from = performance.now();
    const page = await listAudit(steward, { text: 'needle' }, { ...(after && { after }) });
    longest = Math.max(longest, performance.now() - from);
    pagesRead += 1;
    if (page.events.length > 0 || !page.nextPage) break;
    after = page.nextPage;
  }
  const total = performance.now() - start;
  print(
    'text of one row in the middle, the longest page',
    longest,
    key,
    `${pagesRead} pages, ${(total / 1000).toFixed(1)} s in all`,
  );
}

await withDatabase(({ ownerUrl }) => measure(ownerUrl));
