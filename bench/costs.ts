import pg from 'pg';
import { newId, setClock, systemCtx } from '@/lib/core';
import {
  costBoard,
  getMetric,
  listDuplicates,
  rollUpResources,
  unusedProducts,
} from '@/lib/insight';
import { bandsOf, type SketchedColumn } from '@/lib/insight/duplicates/similarity';
import { withDatabase } from './support/database';

/**
 * Costs of many products that load every day: writing down a day when the history is short and when it is long, what the
 * dashboard takes beside the same sum from the raw rows, and finding products that look alike through bands beside all pairs.
 */
const PRODUCTS = Number(process.env.BENCH_PRODUCTS ?? 10_000);
const DAYS = Number(process.env.BENCH_DAYS ?? 60);
const NOW = Date.UTC(2026, 5, 30, 12);
const DAY = 86_400_000;

const begin = `to_timestamp(${NOW - DAYS * DAY}::float8 / 1000)`;
const FILL = [
  `insert into domain (id, name, title) select 'd' || i, 'domain-' || i, 'Domain ' || i from generate_series(1, 20) i`,
  `insert into "user" (id, email, name) select 'u' || i, 'u' || i || '@portolan.example', 'u' || i from generate_series(1, 500) i`,
  `insert into product (id, "domainId", "ownerId", name, title, description, classification, status, template, descriptor)
   select 'p' || i, 'd' || (1 + i % 20), 'u1', 'p' || i, 'Product ' || i, 'Made by a benchmark.', 'internal', 'production',
     'batch_analytics', '{}' from generate_series(1, ${PRODUCTS}) i`,
  `insert into cost_model (id, number, currency, "from", "storageGbMonth", "loadHour", "qualityHour", "queryHour", "egressGb", reason, "createdAt")
   values ('m', 1, 'EUR', ${begin} - interval '2 days', 0.02, 1, 1, 1, 0.1, 'A benchmark', ${begin})`,
  // A load a day, of which three are kept.
  `insert into snapshot (id, "productId", environment, number, status, "sizeBytes", "createdAt", "readyAt", "removedAt")
   select 's' || i || '-' || n, 'p' || i, 'production', n, case when n > ${DAYS - 3} then 'ready' else 'removed' end, 1000000 + i,
     at, at, case when n <= ${DAYS - 3} then at + interval '3 days' end
   from generate_series(1, ${PRODUCTS}) i, generate_series(1, ${DAYS}) n,
     lateral (select ${begin} + n * interval '1 day' - interval '6 hours' as at) t`,
  `insert into pipeline_run (id, "productId", environment, trigger, status, "startedAt", "finishedAt")
   select 'r' || id, "productId", environment, 'schedule', 'succeeded', "readyAt" - interval '40 seconds', "readyAt" from snapshot`,
  `insert into product_environment ("productId", environment, status, "snapshotId")
   select 'p' || i, 'production', 'live', 's' || i || '-${DAYS}' from generate_series(1, ${PRODUCTS}) i`,
  `insert into release (id, "productId", number, version, descriptor, etl, "runId", "createdAt")
   select 'l' || i, 'p' || i, 1, '1.0.0', '{}', '{}', 'run' || i, ${begin} - interval '90 days' from generate_series(1, ${PRODUCTS}) i`,
  `insert into usage_day ("productId", day, chunk, reads, "byOthers", "byOutsiders", refused, failed, "rowCount", "sizeBytes", "latencyMs", readers)
   select 'p' || i, date_trunc('day', ${begin} + n * interval '1 day', 'UTC'), 0, 10, 10, 10, 0, 0, 100, 10000, 50, usage_bit(0)
   from generate_series(1, ${PRODUCTS / 2}) i, generate_series(1, ${DAYS}) n`,
];
/** The same sum of storage from the snapshots themselves. */
const RAW = `select date_trunc('day', d.day, 'UTC'), sum(s."sizeBytes"::float8 * extract(epoch from
    least(s."removedAt", d.day + interval '24 hours', $1::timestamptz) - greatest(s."readyAt", d.day))) / 3.6e12 / 720 * 0.02
  from generate_series(date_trunc('day', $1::timestamptz, 'UTC') - interval '59 days', $1::timestamptz, interval '24 hours') d(day)
  join snapshot s on s."readyAt" < least(d.day + interval '24 hours', $1) and (s."removedAt" is null or s."removedAt" > d.day) group by 1`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
const best = async (work: () => Promise<unknown>) =>
  Math.min(await timed(work), await timed(work), await timed(work));
const say = (text: string) => process.stdout.write(`${text}\n`);

async function costs(client: pg.Client): Promise<void> {
  const ctx = systemCtx('bench');
  let clock = NOW - (DAYS - 1) * DAY;
  setClock(() => clock);
  const each: number[] = [];
  for (; clock <= NOW; clock += DAY) each.push(await timed(rollUpResources));
  const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
  const [early, late] = [mean(each.slice(5, 10)), mean(each.slice(-5))];
  say(
    `a day of ${PRODUCTS.toLocaleString('en')} products: ${early.toFixed(0)} ms after 5 days, ${late.toFixed(0)} ms after ${DAYS - 5} (${(late / early).toFixed(2)} times)`,
  );
  setClock(() => NOW);
  await client.query('vacuum analyze');
  const raw = await best(() => client.query(RAW, [new Date(NOW)]));
  const total = await best(() => getMetric(ctx, 'data_cost'));
  const storage = await best(() => getMetric(ctx, 'storage_cost'));
  say(
    `storage of 30 days and 30 before: ${storage.toFixed(0)} ms, from snapshots ${raw.toFixed(0)} ms (${(storage / raw).toFixed(2)} times)`,
  );
  say(`cost of the mesh ${total.toFixed(0)} ms`);
  say(
    `the dashboard: mesh ${(await best(() => costBoard(ctx))).toFixed(0)} ms, a domain ${(await best(() => costBoard(ctx, { domain: 'domain-1' }))).toFixed(0)} ms`,
  );
  say(`unused products: ${(await best(() => unusedProducts(ctx))).toFixed(0)} ms`);
}

/** Half of the products have a twin; all draw their columns from the same 400 words. */
async function duplicates(client: pg.Client): Promise<void> {
  const columns = (seed: number): SketchedColumn[] =>
    Array.from({ length: 10 }, (_, at) => {
      const word = (seed * 7919 + at * 104_729 + seed * at * 31) % 400;
      const hashes = Array.from({ length: 64 }, (_, n) =>
        String(seed * 1_000_003 + at * 997 + n + 1),
      );
      return {
        name: `w${word}`,
        type: 'VARCHAR',
        terms: [],
        kind: 'text',
        isKey: at === 0,
        hashes,
      };
    });
  const sketches = Array.from({ length: PRODUCTS }, (_, at) => {
    const made = columns(at % (PRODUCTS / 2) === at ? at : at - PRODUCTS / 2);
    return { id: `p${at + 1}`, made, bands: bandsOf(made) };
  });
  for (let from = 0; from < sketches.length; from += 500) {
    const some = sketches.slice(from, from + 500);
    await client.query(
      `insert into product_sketch select i, 's', '1.0.0', 1, c::jsonb, now() from unnest($1::text[], $2::text[]) x(i, c)`,
      [some.map(({ id }) => id), some.map(({ made }) => JSON.stringify(made))],
    );
    const bands = some.flatMap((one) => one.bands.map((band) => [band.toString(), one.id]));
    await client.query(
      `insert into sketch_band select b, i from unnest($1::bigint[], $2::text[]) x(b, i)`,
      [bands.map(([band]) => band), bands.map(([, id]) => id)],
    );
  }
  await client.query('vacuum analyze');
  const near = `select o."productId", count(*) from unnest($1::bigint[]) mine(band) cross join lateral
    (select "productId" from sketch_band b where b.band = mine.band and b."productId" <> $2 limit 100) o
    group by 1 order by 2 desc, 1 limit 30`;
  const asked = sketches.filter((_, at) => at % 101 === 0);
  let found = 0;
  const whole = await timed(async () => {
    for (const { id, bands } of asked) {
      const twin =
        Number(id.slice(1)) + (Number(id.slice(1)) <= PRODUCTS / 2 ? 1 : -1) * (PRODUCTS / 2);
      const { rows } = await client.query(near, [bands.map(String), id]);
      if (rows.some((row) => row.productId === `p${twin}`)) found += 1;
    }
  });
  const pairs = `select count(*) from sketch_band a join sketch_band b on a.band = b.band and a."productId" < b."productId"`;
  const all = await timed(() => client.query(pairs));
  say(
    `candidates: ${(whole / asked.length).toFixed(2)} ms a product, the twin among them for ${found} of ${asked.length}; all pairs that share a band ${all.toFixed(0)} ms`,
  );
  await client.query(
    `insert into duplicate_pair select 'p' || i, 'p' || (i + ${PRODUCTS / 2}), 1, 1, 1, '{"columns":[],"named":[]}', now()
     from generate_series(1, ${PRODUCTS / 2}) i`,
  );
  const ctx = systemCtx(newId());
  say(`the list of those alike: ${(await best(() => listDuplicates(ctx))).toFixed(0)} ms`);
}

await withDatabase(async ({ ownerUrl }) => {
  // The owner: statistics are for whoever the tables belong to.
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const statement of FILL) await client.query(statement);
    await client.query('analyze');
    await costs(client);
    await duplicates(client);
  } finally {
    await client.end();
  }
});
