import pg from 'pg';
import { setClock, systemCtx } from '@/lib/core';
import {
  domainStandings,
  listScorecards,
  productScorecard,
  scorecardChanges,
  scorecardCourse,
} from '@/lib/insight';
import { judgeProducts } from '@/lib/insight/scorecards/evaluate';
import { recordAll } from '@/lib/insight/scorecards/record';
import { withDatabase } from './support/database';

/** Scorecards of a catalogue: a round over all, beside one product at a time, and what its pages take. */
const PRODUCTS = Number(process.env.BENCH_PRODUCTS ?? 10_000);
const ALONE = 200;
const DAY_MS = 86_400_000;
let clock = Date.UTC(2026, 5, 1, 12);

const COLUMNS = `(select jsonb_agg(jsonb_build_object('name', 'c' || n, 'type', 'string', 'primaryKey', n = 1,
  'description', case when n % 4 > 0 or i % 3 = 0 then 'What it means' else '' end)) from generate_series(1, 12) n)`;
const FILL = [
  `insert into domain (id, name, title) select 'd' || i, 'domain-' || i, 'Domain ' || i from generate_series(1, 20) i`,
  `insert into "user" (id, email, name) select 'u' || i, 'u' || i || '@portolan.example', 'u' || i from generate_series(1, 500) i`,
  `insert into product (id, "domainId", "ownerId", name, title, description, classification, status, template, descriptor, documentation)
   select 'p' || i, 'd' || (1 + i % 20), 'u' || (1 + i % 500), 'p' || i, 'Product ' || i, 'One row for each thing that a benchmark counts.',
     'internal', 'production', 'batch_analytics', jsonb_build_object('apiVersion', 'v1', 'kind', 'DataProduct',
       'metadata', jsonb_build_object('name', 'p' || i, 'namespace', 'domain-' || (1 + i % 20) || '-domain'),
       'spec', jsonb_build_object('owner', 'u@portolan.example', 'version', '1.0.0', 'description', 'Counted', 'schema', ${COLUMNS})),
     repeat('Words about it. ', 60) || E'\\n## Purpose\\nCounting.\\n## Limits\\nNone.' from generate_series(1, ${PRODUCTS}) i`,
  `insert into usage_reader_day ("productId", day, "userId", reads)
   select 'p' || (1 + i % ${PRODUCTS}), date_trunc('day', now() at time zone 'UTC'), 'u' || (1 + i % 499), 3 from generate_series(1, ${PRODUCTS * 3}) i
   on conflict do nothing`,
  `insert into quality_rule (id, "productId", name, dimension, "check") select 'r' || i, 'p' || i, 'r', 'completeness', 'not_null' from generate_series(1, ${PRODUCTS}) i`,
  `insert into "grant" (id, "productId", "subjectId", purpose, "grantedById") select 'g' || i, 'p' || (1 + i % ${PRODUCTS}), 'u' || (1 + i % 500), 'x', 'u1' from generate_series(1, ${PRODUCTS}) i`,
];

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
/** The better of three, so that a neighbour's burst does not decide. */
const best = async (work: () => Promise<unknown>) =>
  Math.min(await timed(work), await timed(work), await timed(work));
const say = (text: string) => process.stdout.write(`${text}\n`);

async function measure(client: pg.Client): Promise<void> {
  for (const statement of FILL) await client.query(statement);
  await client.query('analyze');
  const first = await timed(() => recordAll());
  clock += DAY_MS;
  const again = await timed(() => recordAll());
  const ids = Array.from({ length: ALONE }, (_, at) => `p${at + 1}`);
  const alone = await timed(async () => {
    for (const id of ids) await judgeProducts([id]);
  });
  const each = alone / ALONE;
  say(
    `a round over ${PRODUCTS.toLocaleString('en')} products: ${first.toFixed(0)} ms the first time, ${again.toFixed(0)} ms when nothing changed; one product at a time ${each.toFixed(1)} ms each, ${((each * PRODUCTS) / again).toFixed(1)} times as long for all`,
  );
  await client.query('analyze');
  const ctx = systemCtx('bench');
  say(`products, first page: ${(await best(() => listScorecards(ctx))).toFixed(0)} ms`);
  say(
    `products that fail a check: ${(await best(() => listScorecards(ctx, { check: 'columns-described' }))).toFixed(0)} ms`,
  );
  say(`domains: ${(await best(() => domainStandings(ctx))).toFixed(0)} ms`);
  say(`over time: ${(await best(() => scorecardCourse(ctx, { range: '90d' }))).toFixed(0)} ms`);
  say(`what changed: ${(await best(() => scorecardChanges(ctx))).toFixed(0)} ms`);
  const address = { domain: 'domain-2', product: 'p1' };
  say(`a product's own page: ${(await best(() => productScorecard(ctx, address))).toFixed(0)} ms`);
}

setClock(() => clock);
await withDatabase(async ({ appUrl }) => {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    await measure(client);
  } finally {
    await client.end();
  }
});
