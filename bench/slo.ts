import pg from 'pg';
import { env, setClock } from '@/lib/core';
import { measureDue } from '@/lib/slo';
import { objectivesOf } from '@/lib/slo/status';
import { withDatabase } from './support/database';

/**
 * 10,000 products with 30 days of finished hours: the standing of a page and of all of them, one minute's
 * measuring with 20,000 reads in it, and the roll-up of an hour. Each beside what PostgreSQL needs alone to add
 * up the same rows.
 */
const PRODUCTS = Number(process.env.BENCH_PRODUCTS ?? 10_000);
const READS = PRODUCTS * 2;
const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / HOUR) * HOUR + 5 * 60_000;

const FILL = [
  `insert into domain (id, name, title) values ('d', 'sales', 'Sales')`,
  `insert into "user" (id, email, name) values ('u', 'u@portolan.example', 'u')`,
  `insert into product (id, "domainId", "ownerId", name, title, description, classification, status, template, descriptor)
   select 'p' || i, 'd', 'u', 'p' || i, 'Product ' || i, 'Made by a benchmark.', 'internal', 'production',
     'batch_analytics', '{"spec": {"slo": {"availability": "99.9%", "latency": "< 100ms", "freshness": "< 1 day"}}}'
   from generate_series(1, $1::int) i`,
  `insert into snapshot (id, "productId", environment, number, status, "rowCount", "sizeBytes", "createdAt")
   select 's' || i, 'p' || i, 'production', 1, 'ready', 1, 1, to_timestamp($2::float8 / 1000) - interval '1 hour'
   from generate_series(1, $1::int) i`,
  `insert into product_environment ("productId", environment, status, "snapshotId")
   select 'p' || i, 'production', 'live', 's' || i from generate_series(1, $1::int) i`,
];
const HOURS = `insert into slo_hour ("objectiveId", hour, measured, good, outage, "goodEvents", events)
  select o.id, to_timestamp($1::float8 / 1000) - h * interval '1 hour', 60,
    case when h % 97 = 0 then 59.5 else 60 end, 0, 600, 600
  from slo_objective o cross join generate_series(1, 719) h where o.kind = 'availability'`;
const DAYS = `insert into slo_day ("objectiveId", day, measured, good, outage, "goodEvents", events)
  select "objectiveId", date_trunc('day', hour, 'UTC'), sum(measured), sum(good), sum(outage), sum("goodEvents"), sum(events)
  from slo_hour where hour < date_trunc('day', to_timestamp($1::float8 / 1000), 'UTC') group by 1, 2`;
const MINUTES = `insert into slo_measurement ("objectiveId", minute, source, good, total)
  select o.id, m.minute, 'request', 10, 10 from slo_objective o
  cross join generate_series(to_timestamp($1::float8 / 1000) - interval '65 minutes',
    to_timestamp($1::float8 / 1000) - interval '1 minute', interval '1 minute') m(minute)
  on conflict do nothing`;
const READ_EVENTS = `insert into usage_event (id, at, "productId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
  select 'e' || i, to_timestamp($1::float8 / 1000) + (i % 60) * interval '1 second', 'p' || (1 + i % $2::int), 'rows',
    'json', case when i % 1000 = 0 then 500 else 200 end, 1, 1, i % 120
  from generate_series(1, $3::int) i`;

const PLAIN_PAGE = `select "objectiveId", sum(good) / sum(measured) from slo_hour
  where "objectiveId" = any($1) and hour >= to_timestamp($2::float8 / 1000) - interval '30 days' group by 1`;
const PLAIN_MINUTE = `select "productId", date_trunc('minute', at), count(*) filter (where status < 400),
  count(*) filter (where status >= 500), count(*) filter (where "latencyMs" < 100) from usage_event
  where at >= to_timestamp($1::float8 / 1000) group by 1, 2`;
const PLAIN_HOUR = `select "objectiveId", date_trunc('hour', minute, 'UTC'), count(*), sum(good / total) from slo_measurement
  where minute >= to_timestamp($1::float8 / 1000) - interval '1 hour' and minute < to_timestamp($1::float8 / 1000)
  group by 1, 2`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
/** The better of three, so that a neighbour's burst does not decide. */
const best = async (work: () => Promise<unknown>) =>
  Math.min(await timed(work), await timed(work), await timed(work));

function say(what: string, ours: number, plain: number): void {
  process.stdout.write(
    `${what}: ${ours.toFixed(1)} ms, PostgreSQL alone ${plain.toFixed(1)} ms, ${(ours / plain).toFixed(2)} times\n`,
  );
}

/** As autovacuum would: the owner's to do. */
async function vacuum(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('vacuum analyze slo_day, slo_hour, slo_measurement, slo_objective');
  await owner.end();
}

async function measure(client: pg.Client, ownerUrl: string): Promise<void> {
  for (const [index, statement] of FILL.entries()) {
    const values = [[], [], [PRODUCTS], [PRODUCTS, NOW], [PRODUCTS]][index];
    await client.query(statement, values);
  }
  setClock(() => NOW - HOUR);
  const sync = await timed(() => measureDue());
  process.stdout.write(
    `${PRODUCTS} products, ${PRODUCTS * 3} objectives made: ${sync.toFixed(0)} ms\n`,
  );
  await client.query(HOURS, [NOW - 5 * 60_000]);
  await client.query(DAYS, [NOW - 5 * 60_000]);
  await client.query(MINUTES, [NOW]);
  await client.query(
    `update slo_clock set "measuredThrough" = to_timestamp($1::float8 / 1000), "rolledThrough" = to_timestamp($2::float8 / 1000)`,
    [NOW, NOW - 5 * 60_000],
  );
  await client.query(
    `insert into web_minute select to_timestamp($1::float8 / 1000) - i * interval '1 minute' from generate_series(-10, 90) i`,
    [NOW],
  );
  await vacuum(ownerUrl);
  const objectives = await client.query<{ id: string }>(
    `select id from slo_objective where kind = 'availability' order by "productId"`,
  );
  const ids = (count: number) => objectives.rows.slice(0, count).map(({ id }) => id);
  const products = (count: number) => Array.from({ length: count }, (_, index) => `p${index + 1}`);
  for (const count of [1, 50, PRODUCTS]) {
    say(
      `standing of ${count} products over 30 days`,
      await best(() => objectivesOf(products(count))),
      await best(() => client.query(PLAIN_PAGE, [ids(count), NOW])),
    );
  }
  setClock(() => NOW + 90_000);
  await client.query(READ_EVENTS, [NOW, PRODUCTS, READS]);
  await client.query('analyze usage_event');
  const plain = await best(() => client.query(PLAIN_MINUTE, [NOW]));
  say(
    `a minute of ${PRODUCTS} products with ${READS} reads`,
    await timed(() => measureDue()),
    plain,
  );
  setClock(() => NOW + 10 * 60_000 + 30_000);
  await client.query(`update slo_clock set "rolledThrough" = to_timestamp($1::float8 / 1000)`, [
    NOW - 5 * 60_000 - HOUR,
  ]);
  const hour = await best(() => client.query(PLAIN_HOUR, [NOW - 5 * 60_000]));
  say(`ten minutes more and the roll-up of an hour`, await timed(() => measureDue()), hour);
  const { rows } = await client.query<{ size: string }>(
    `select pg_size_pretty(pg_total_relation_size('slo_hour')) as size`,
  );
  process.stdout.write(`30 days of finished hours: ${rows[0]?.size}\n`);
}

await withDatabase(async ({ ownerUrl }) => {
  const client = new pg.Client({ connectionString: env().PORTOLAN_APP_DATABASE_URL });
  await client.connect();
  try {
    await measure(client, ownerUrl);
  } finally {
    await client.end();
  }
});
