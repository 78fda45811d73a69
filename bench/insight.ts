import pg from 'pg';
import { setClock, systemCtx } from '@/lib/core';
import { getDashboard, getMetric, listMetrics, metricCatalogue } from '@/lib/insight';
import { withDatabase } from './support/database';

/**
 * Reads of 60 days written as web processes write them, a thousand a statement: what the roll-up adds to an event when the
 * history is short and when it is long, and what dashboards take beside the same question to the raw events.
 */
const PRODUCTS = Number(process.env.BENCH_PRODUCTS ?? 10_000);
const EVENTS = Number(process.env.BENCH_EVENTS ?? 3_000_000);
const PEOPLE = 500;
const BATCH = 1000;
const DAYS = 60;
const NOW = Date.UTC(2026, 5, 30, 12);

const FILL = [
  `insert into domain (id, name, title) select 'd' || i, 'domain-' || i, 'Domain ' || i from generate_series(1, 20) i`,
  `insert into "user" (id, email, name) select 'u' || i, 'u' || i || '@portolan.example', 'u' || i from generate_series(1, ${PEOPLE}) i`,
  `insert into product (id, "domainId", "ownerId", name, title, description, classification, status, template, descriptor)
   select 'p' || i, 'd' || (1 + i % 20), 'u1', 'p' || i, 'Product ' || i, 'Made by a benchmark.', 'internal', 'production',
     'batch_analytics', '{}' from generate_series(1, ${PRODUCTS}) i`,
];
/** Events arrive in the order of time; some products are read far more than others. */
const WRITE = `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
  select 'e' || i, to_timestamp($1::float8 / 1000) - interval '${DAYS} days' * (1 - i::float8 / $2::float8),
    'p' || (1 + floor(power(random(), 3) * ${PRODUCTS})::int), 'u' || (1 + floor(random() * ${PEOPLE})::int), 'rows', 'json',
    case when i % 200 = 0 then 403 else 200 end, 100, 10000, 5
  from generate_series($3::int, $4::int) i`;
const RAW_READS = `select date_trunc('day', at, 'UTC'), count(*) from usage_event
  where shape <> 'metadata' and status < 400 and at >= to_timestamp($1::float8 / 1000) - interval '30 days' group by 1`;
const RAW_PEOPLE = `select count(distinct "actorId") from usage_event
  where shape <> 'metadata' and status < 400 and at >= to_timestamp($1::float8 / 1000) - interval '30 days'`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
/** The better of three, so that a neighbour's burst does not decide. */
const best = async (work: () => Promise<unknown>) =>
  Math.min(await timed(work), await timed(work), await timed(work));
const say = (text: string) => process.stdout.write(`${text}\n`);
const beside = (what: string, ours: number, raw: number) =>
  say(
    `${what}: ${ours.toFixed(0)} ms, from raw events ${raw.toFixed(0)} ms, ${(ours / raw).toFixed(3)} times`,
  );

async function write(client: pg.Client, from: number, to: number): Promise<number> {
  const begun = performance.now();
  for (let at = from; at < to; at += BATCH) {
    await client.query(WRITE, [NOW, EVENTS, at, Math.min(to, at + BATCH) - 1]);
  }
  return ((performance.now() - begun) / (to - from)) * 1000;
}

async function measure(client: pg.Client, owner: pg.Client): Promise<void> {
  for (const statement of FILL) await client.query(statement);
  const part = Math.floor(EVENTS / 10 / BATCH) * BATCH;
  const early = await write(client, 1, part);
  await write(client, part, EVENTS - 2 * part);
  const late = await write(client, EVENTS - 2 * part, EVENTS - part);
  await owner.query('alter table usage_event disable trigger usage_roll_up');
  const plain = await write(client, EVENTS - part, EVENTS);
  await owner.query('alter table usage_event enable trigger usage_roll_up');
  say(
    `an event: ${early.toFixed(1)} µs among the first ${part.toLocaleString('en')}, ${late.toFixed(1)} µs at the end (${(late / early).toFixed(2)} times), without roll-up ${plain.toFixed(1)} µs (${(late / plain).toFixed(2)} times)`,
  );
  await owner.query('vacuum analyze');
  const { rows } = await client.query(`select (select count(*) from usage_day)::int as days,
    (select count(*) from usage_hour)::int as hours, (select count(*) from usage_reader_day)::int as people`);
  say(`rolled up: ${JSON.stringify(rows[0])}`);
  const ctx = systemCtx('bench');
  const reads = await best(() => getMetric(ctx, 'data_reads', {}));
  beside(
    'reads of 30 days, by day and domain',
    reads,
    await best(() => client.query(RAW_READS, [NOW])),
  );
  const people = await best(() => getMetric(ctx, 'data_consumers', {}));
  beside('people of 30 days', people, await best(() => client.query(RAW_PEOPLE, [NOW])));
  say(
    `the overview, ${metricCatalogue().length} metrics: mesh ${(await best(() => listMetrics(ctx))).toFixed(0)} ms`,
  );
  for (const id of ['overview', 'value', 'slos', 'quality', 'compliance']) {
    say(
      `the dashboard ${id} of the mesh ${(await best(() => getDashboard(ctx, id))).toFixed(0)} ms`,
    );
  }
  say(`of a domain ${(await best(() => listMetrics(ctx, { domain: 'domain-1' }))).toFixed(0)} ms`);
  say(
    `of a product ${(await best(() => listMetrics(ctx, { domain: 'domain-1', product: 'p20' }))).toFixed(0)} ms`,
  );
}

setClock(() => NOW);
await withDatabase(async ({ appUrl, ownerUrl }) => {
  const client = new pg.Client({ connectionString: appUrl });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await Promise.all([client.connect(), owner.connect()]);
  try {
    await measure(client, owner);
  } finally {
    await Promise.all([client.end(), owner.end()]);
  }
});
