import pg from 'pg';
import { type Ctx, setClock, systemCtx } from '@/lib/core';
import {
  costBoard,
  getDashboard,
  getMetric,
  keepMetricDays,
  listMetrics,
  rollUpResources,
  type Scope,
} from '@/lib/insight';
import { ctxOf } from '@/lib/runtime/testing/factories';
import { withDatabase } from './support/database';
import { makeInsightWorld } from './support/insight-world';
import { at } from './support/measure';

/**
 * What the roll-up adds to an event when the history is short and when it is long, what counting days again takes, and what
 * dashboards take beside the same question to the raw events. The history is loaded a day at a time, the newest first, for
 * as long as it is given.
 */
const PRODUCTS = Number(process.env.BENCH_PRODUCTS ?? 10_000);
const EVENTS = Number(process.env.BENCH_EVENTS ?? 3_000_000);
const DAYS = Number(process.env.BENCH_DAYS ?? 90);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 600);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 20);
/** What the figures are wanted for. */
const WANTED = 100_000_000;
const PEOPLE = 2000;
const BATCH = 1000;
const MEASURED = 100_000;
const DAY_MS = 86_400_000;
/** In a month that the portal has made a partition of. */
const NOW = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2;

/** Some products are read far more than others, and some people read far more than others. */
const event = (id: string, time: string) => `'${id}' || i, ${time},
  'p' || floor(power(random(), 3) * ${PRODUCTS})::int, 'u' || floor(power(random(), 2) * ${PEOPLE})::int, 'rows', 'json',
  case when i % 200 = 0 then 403 else 200 end, 100, 10000, 5`;
const COLUMNS = `(id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")`;
const write = (id: string) => `insert into usage_event ${COLUMNS}
  select ${event(id, `to_timestamp($1::float8 / 1000) - interval '1 hour' * random()`)} from generate_series($2::int, $3::int) i`;
const READ = `shape <> 'metadata' and status < 400 and at >= $1 and at < $2`;
const RAW_READS = `select date_trunc('day', e.at, 'UTC'), p."domainId", count(*) from usage_event e
  join product p on p.id = e."productId" where ${READ.replaceAll(' status', ' e.status')} group by 1, 2`;
const RAW_PEOPLE = `select count(distinct "actorId") from usage_event where ${READ}`;

const say = (text: string) => process.stdout.write(`${text}\n`);
async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
async function spread(work: () => Promise<unknown>, rounds = ROUNDS) {
  await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await timed(work));
  times.sort((a, b) => a - b);
  return { p50: at(times, 0.5), p95: at(times, 0.95) };
}
const ms = ({ p50, p95 }: { p50: number; p95: number }) =>
  `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`;

/** @returns microseconds an event */
async function writeAsWebDoes(client: pg.Client, id: string): Promise<number> {
  const took = await timed(async () => {
    for (let from = 0; from < MEASURED; from += BATCH)
      await client.query(write(id), [NOW, from, from + BATCH - 1]);
  });
  return (took / MEASURED) * 1000;
}

/** Whole days straight into their months, past the roll-up, each then counted. @returns events, days and times */
async function loadHistory(owner: pg.Client) {
  const perDay = Math.floor(EVENTS / DAYS);
  const done = { events: 0, days: 0, loadMs: 0, countMs: [] as number[] };
  const today = Math.floor(NOW / DAY_MS) * DAY_MS;
  const begun = performance.now();
  while (done.days < DAYS && performance.now() - begun < SECONDS * 1000) {
    const day = new Date(today - (done.days + 1) * DAY_MS).toISOString().slice(0, 10);
    await owner.query('select usage_add_month($1::date)', [`${day.slice(0, 8)}01`]);
    const part = `usage_event_${day.slice(0, 7).replace('-', '_')}`;
    const time = `'${day}T00:00:00Z'::timestamptz + interval '1 ms' * (${DAY_MS} * (i / ${perDay}::float8))`;
    const load = `insert into ${part} ${COLUMNS} select ${event(`${day}-`, time)} from generate_series(0, ${perDay - 1}) i`;
    done.loadMs += await timed(() => owner.query(load));
    // What autovacuum does to a month that fills in its own time: sorted out by blocks, and known to the planner.
    await owner.query(`vacuum (analyze) ${part}`);
    done.countMs.push(await timed(() => owner.query('select usage_recount($1)', [day])));
    done.days += 1;
    done.events += perDay;
  }
  return { ...done, perDay };
}

/** Dashboards read roll-ups, which have a row a product, day and chunk of people, however many events were added up in it. */
function extrapolated(
  events: number,
  days: number,
  rows: { productDays: number; domainDays: number },
) {
  const most = PRODUCTS * days * Math.ceil(PEOPLE / 1024);
  const share = ((100 * rows.productDays) / most).toFixed(0);
  return `${events.toLocaleString('en')} events were loaded in the time given; with ${WANTED.toLocaleString('en')} in the same days the roll-ups by product have at most ${most.toLocaleString('en')} rows (${share}% of them are there), those by domain the same ${rows.domainDays.toLocaleString('en')}`;
}

async function told(what: string, ours: () => Promise<unknown>, raw: () => Promise<unknown>) {
  const [mine, theirs] = [await spread(ours), await spread(raw, 3)];
  say(
    `${what}: ${ms(mine)}; from raw events ${ms(theirs)}, ${(mine.p50 / theirs.p50).toFixed(4)} times`,
  );
}

const SCOPES: [string, Scope][] = [
  ['mesh', {}],
  ['domain', { domain: 'domain-1' }],
  ['product', { domain: 'domain-1', product: 'p61' }],
];
type Board = [id: string, read: (ctx: Ctx, scope: Scope) => Promise<unknown>];
const BOARDS: Board[] = [
  ...['overview', 'value', 'slos', 'quality', 'compliance'].map(
    (id): Board => [id, (ctx, scope) => getDashboard(ctx, id, scope)],
  ),
  ['cost', (ctx, { product: _, ...scope }) => costBoard(ctx, scope)],
];

/** Every dashboard for every scope and some ranges. */
async function dashboards(ctx: Ctx, who: string): Promise<void> {
  for (const [id, read] of BOARDS)
    for (const [name, scope] of SCOPES)
      for (const range of ['30d', '90d', '365d'] as const)
        say(
          `${who}: ${id} of the ${name}, ${range}: ${ms(await spread(() => read(ctx, { ...scope, range })))}`,
        );
}

/** The mesh's dashboards as they are, and from the facts themselves: nothing of them is kept. */
async function besideFacts(ctx: Ctx, owner: pg.Client): Promise<void> {
  const kept = new Map<string, number>();
  for (const [id, read] of BOARDS) kept.set(id, (await spread(() => read(ctx, {}))).p50);
  await owner.query('delete from metric_day_kept; delete from metric_window');
  for (const [id, read] of BOARDS) {
    const { p50 } = await spread(() => read(ctx, {}), 3);
    const ours = kept.get(id)!;
    say(
      `${id} of the mesh, 30d: ${ours.toFixed(0)} ms, from facts ${p50.toFixed(0)} ms, ${(ours / p50).toFixed(3)} times`,
    );
  }
}

/** Somebody from whom a policy hides some products of two domains. */
async function personWithLess(owner: pg.Client): Promise<Ctx> {
  const policy = `forbid (principal == User::"u1", action == Action::"discover", resource)
    when { ["p1", "p21", "p41", "p2"].contains(resource.name) };`;
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name: 'hide' } },
    spec: { cedar_policies: [{ id: 'hide', policy }] },
  };
  await owner.query(
    `insert into policy_document (id, name, version, stage, yaml, document, reason) values ('hide', 'hide', 1, 'enforced', '', $1, 'bench')`,
    [document],
  );
  return ctxOf({ id: 'u1' });
}

/** Each metric's own page, the slowest first. */
async function pages(ctx: Ctx): Promise<void> {
  const { metrics } = await listMetrics(ctx);
  const rows: { id: string; p50: number; p95: number }[] = [];
  for (const { metric } of metrics)
    rows.push({ id: metric.id, ...(await spread(() => getMetric(ctx, metric.id), 7)) });
  rows.sort((a, b) => b.p95 - a.p95);
  for (const { id, ...times } of rows) say(`  page of ${id}, mesh, 30d: ${ms(times)}`);
}

async function measure(client: pg.Client, owner: pg.Client): Promise<void> {
  const days = Math.min(DAYS, 90);
  await makeInsightWorld(owner, { products: PRODUCTS, people: PEOPLE, days, now: NOW });
  await owner.query('vacuum analyze');
  const early = await writeAsWebDoes(client, 'early');
  const { events, days: loaded, perDay, loadMs, countMs } = await loadHistory(owner);
  await owner.query('vacuum analyze');
  const late = await writeAsWebDoes(client, 'late');
  await owner.query('alter table usage_event disable trigger usage_roll_up');
  const plain = await writeAsWebDoes(client, 'plain');
  await owner.query('alter table usage_event enable trigger usage_roll_up');
  say(
    `an event: ${early.toFixed(1)} µs before any history, ${late.toFixed(1)} µs after ${events.toLocaleString('en')} events (${(late / early).toFixed(2)} times), without roll-up ${plain.toFixed(1)} µs (${(late / plain).toFixed(2)} times)`,
  );
  const per = (day: number) => ((day * 1000) / perDay).toFixed(2);
  say(
    `${loaded} days of ${perDay.toLocaleString('en')} events loaded in ${(loadMs / 1000).toFixed(0)} s, counted again in ${(countMs.reduce((a, b) => a + b, 0) / 1000).toFixed(0)} s: ${per(countMs[0]!)} µs an event on the first day, ${per(countMs.at(-1)!)} µs on the last`,
  );
  let worked = 0;
  const kept = await timed(async () => {
    for (let now = -1; now !== 0; worked += now) now = await keepMetricDays();
    while ((await rollUpResources()) > 0);
  });
  say(`${worked} days of metrics worked out in ${(kept / 1000).toFixed(1)} s`);
  const { rows } = await owner.query(`select (select count(*) from usage_day)::int as "productDays",
    (select count(*) from usage_domain_day)::int as "domainDays", pg_size_pretty(pg_database_size(current_database())) as database,
    pg_size_pretty(pg_total_relation_size('usage_day')) as "ofProductDays"`);
  say(`rolled up: ${JSON.stringify(rows[0])}`);
  if (events < EVENTS || EVENTS < WANTED) say(extrapolated(events, loaded, rows[0]));
  const ctx = systemCtx('bench');
  const tomorrow = Math.floor(NOW / DAY_MS) * DAY_MS + DAY_MS;
  const period = [new Date(tomorrow - 60 * DAY_MS), new Date(tomorrow)];
  const reads = () => getMetric(ctx, 'data_reads', {});
  await told('reads of 30 days and of the 30 before, by day and domain', reads, () =>
    owner.query(RAW_READS, period),
  );
  const people = () => getMetric(ctx, 'data_consumers', {});
  await told('people of 30 days, and of the 30 before', people, () =>
    owner.query(RAW_PEOPLE, period),
  );
  const person = await personWithLess(owner);
  await dashboards(ctx, 'who may find everything');
  await dashboards(person, 'who may not find all of two domains');
  await pages(ctx);
  await besideFacts(ctx, owner);
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
