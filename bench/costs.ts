import pg from 'pg';
import { type Ctx, newId, setClock, systemCtx } from '@/lib/core';
import {
  costBoard,
  getMetric,
  keepCostSums,
  keepReuse,
  listDuplicates,
  rollUpResources,
  type Scope,
  unusedProducts,
} from '@/lib/insight';
import { bandsOf, type SketchedColumn } from '@/lib/insight/duplicates/similarity';
import { figuresOf } from '@/lib/insight/figures/figure';
import { periodOf, type Range } from '@/lib/insight/figures/period';
import { requireMetric, scopeOf } from '@/lib/insight/figures/scope';
import type { Metric } from '@/lib/insight/metrics/metric';
import { ctxOf } from '@/lib/runtime/testing/factories';
import { makeCostWorld } from './support/cost-world';
import { withDatabase } from './support/database';
import { at } from './support/measure';

/**
 * Costs of many products that load every day: writing down a day when the history is short and when it is long, what
 * the dashboard takes beside the same sums from the facts themselves, for who finds everything and for who does not, and
 * finding products that look alike through bands beside all pairs.
 */
const PRODUCTS = Number(process.env.BENCH_PRODUCTS ?? 10_000);
const DAYS = Number(process.env.BENCH_DAYS ?? 90);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 20);
const PEOPLE = 2000;
const DAY = 86_400_000;
const NOW = Math.floor(Date.now() / DAY) * DAY + DAY / 2;
const RANGES: Range[] = ['7d', '30d', '90d', '365d'];

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
const best = async (work: () => Promise<unknown>) =>
  Math.min(await timed(work), await timed(work), await timed(work));
async function spread(work: () => Promise<unknown>) {
  await work();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(work));
  times.sort((a, b) => a - b);
  return { p50: at(times, 0.5), p95: at(times, 0.95) };
}
const say = (text: string) => process.stdout.write(`${text}\n`);

/** A day in each turn, as the chore does it. */
async function rollUp(): Promise<void> {
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
}

/** Somebody from whom restricted products are hidden, some in every domain. */
async function whoFindsLess(client: pg.Client): Promise<Ctx> {
  const policy = `forbid (principal == User::"u1999", action == Action::"discover", resource) when { resource.classification == "restricted" };`;
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name: 'hide' } },
    spec: { cedar_policies: [{ id: 'hide', policy }] },
  };
  await client.query(
    `insert into policy_document (id, name, version, stage, yaml, document, reason) values ($1, 'hide', 1, 'enforced', '', $2, 'A benchmark')`,
    [newId(), document],
  );
  return ctxOf({ id: 'u1999' });
}

/** The cost of a period and of the one before from the facts themselves, by day and domain or product. */
async function plainly(ctx: Ctx, raw: Scope): Promise<number> {
  const scope = await scopeOf(ctx, raw);
  const metric: Metric = { ...requireMetric('data_cost') };
  delete metric.costs;
  return timed(() => figuresOf(metric, { ...scope, hidden: null }, periodOf(scope)));
}

async function boards(who: string, ctx: Ctx): Promise<void> {
  for (const domain of [undefined, 'domain-7'])
    for (const range of RANGES) {
      const scope: Scope = { range, ...(domain && { domain }) };
      const { p50, p95 } = await spread(() => costBoard(ctx, scope));
      const plain = range === '7d' ? null : await plainly(ctx, scope);
      const beside = plain
        ? `; its total alone from the facts ${plain.toFixed(0)} ms, ${(p50 / plain).toFixed(3)} times`
        : '';
      say(
        `${who}, the dashboard of ${domain ? 'a domain' : 'the mesh'}, ${range}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms${beside}`,
      );
    }
}

async function pages(ctx: Ctx): Promise<void> {
  const scopes: [string, Scope][] = [
    ['mesh', {}],
    ['domain', { domain: 'domain-7' }],
    ['product', { domain: 'domain-7', product: 'p7' }],
  ];
  for (const id of ['data_cost', 'storage_cost', 'cost_per_read', 'cost_reduction', 'reuse'])
    for (const [name, scope] of scopes) {
      const { p50, p95 } = await spread(() => getMetric(ctx, id, { ...scope, range: '90d' }));
      say(`  page of ${id}, ${name}, 90d: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`);
    }
}

async function costs(client: pg.Client): Promise<void> {
  const size = { products: PRODUCTS, people: PEOPLE, days: DAYS, now: NOW };
  await makeCostWorld(client, size);
  await client.query('vacuum analyze');
  await rollUp();
  await client.query('vacuum analyze');
  const ctx = systemCtx('bench');
  say(
    `sums worked out in ${(await timed(keepCostSums)).toFixed(0)} ms, reuse in ${(await timed(keepReuse)).toFixed(0)} ms`,
  );
  await client.query('vacuum analyze');
  await boards('who finds everything', ctx);
  await boards('who finds less', await whoFindsLess(client));
  await pages(ctx);
  const [all, one] = [
    await spread(() => unusedProducts(ctx)),
    await spread(() => unusedProducts(ctx, { domain: 'domain-7' })),
  ];
  say(`unused products: p95 ${all.p95.toFixed(0)} ms, of a domain ${one.p95.toFixed(0)} ms`);
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
    return { id: `p${at}`, made, bands: bandsOf(made) };
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
      const own = Number(id.slice(1));
      const twin = own + (own < PRODUCTS / 2 ? 1 : -1) * (PRODUCTS / 2);
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
     from generate_series(0, ${PRODUCTS / 2 - 1}) i`,
  );
  const ctx = systemCtx(newId());
  say(`the list of those alike: ${(await best(() => listDuplicates(ctx))).toFixed(0)} ms`);
}

await withDatabase(async ({ ownerUrl }) => {
  // The owner: statistics are for whoever the tables belong to.
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await costs(client);
    await duplicates(client);
  } finally {
    await client.end();
  }
});
