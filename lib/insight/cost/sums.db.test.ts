import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Ctx, db, newId, pool, setClock, transact } from '@/lib/core';
import { visibleProducts } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { type CostBoard, costBoard, keepCostSums, rollUpResources, type Scope } from '..';
import { type Figures, figuresOf, type Part } from '../figures/figure';
import { periodOf } from '../figures/period';
import { requireMetric, scopeOf } from '../figures/scope';
import { hide } from '../testing/hide';

useTestDatabase();
const DAY = 86_400_000;
const NOW = Date.parse('2026-03-15T12:00:00Z');
const daysAgo = (days: number, hour = 0) =>
  new Date(Math.floor(NOW / DAY) * DAY - days * DAY + hour * 3_600_000);
let products: string[];
let viewers: Ctx[];

/** Of three domains the first has few hidden products, the second mostly hidden ones, and in the third all are found. */
const NAMES = ['wheat', 'barley', 'oats', 'rye', 'iron', 'zinc', 'tin', 'lead', 'silk', 'wool'];
const HIDDEN = ['rye', 'iron', 'zinc', 'tin'];
beforeAll(async () => {
  setClock(() => NOW);
  const ids: string[] = [];
  for (const [at, name] of ['fields', 'mines', 'mills'].entries()) {
    const { id } = await makeDomain({ name });
    const ownerId = (await makeUser()).id;
    for (const product of NAMES.slice(at * 4, at * 4 + 4))
      ids.push((await makeProduct({ domainId: id, ownerId, name: product })).id);
  }
  products = ids;
  const [whole, part] = [await makeUser(), await makeUser()];
  viewers = [await ctxOf(whole), await ctxOf(part)];
  await hide(part.id, HIDDEN, () => visibleProducts(viewers[0]!));
  await took();
  for (const [number, days, price] of [
    [1, 150, 0.3],
    [2, 40, 0.7],
    [3, 3, 0.1],
  ] as const)
    await priced(number, days, price);
});

function priced(number: number, days: number, price: number) {
  return db().costModel.create({
    data: {
      ...{ id: newId(), number, currency: 'EUR', from: daysAgo(days), reason: 'test' },
      ...{ storageGbMonth: 720 * price, loadHour: 36 * price, qualityHour: 3, queryHour: 3600 },
      ...{ egressGb: 1e6 * price, createdAt: new Date(NOW) },
    },
  });
}

/** Snapshots, loads and checks of every few days, and reads of most. */
async function took(): Promise<void> {
  await pool().query(
    `insert into snapshot (id, "productId", environment, number, status, "sizeBytes", "createdAt", "readyAt", "removedAt")
     select p || n, p, 'production', n, 'ready', 1e6 * (at + 1) + n, t, t, case when n > 5 then t + interval '12 days' end
     from unnest($1::text[]) with ordinality p(p, at), generate_series(0, 160, 5) n,
       lateral (select $2::timestamptz - interval '1 hour' * (n * 24 + at) as t) t`,
    [products, new Date(NOW)],
  );
  await pool().query(
    `insert into pipeline_run (id, "productId", environment, trigger, status, "startedAt", "finishedAt")
     select 'l' || id, "productId", environment, 'manual', 'succeeded', "readyAt" - interval '90 seconds', "readyAt" from snapshot`,
  );
  await pool().query(
    `insert into quality_run (id, "productId", "snapshotId", "durationMs", "startedAt", "finishedAt")
     select 'q' || id, "productId", id, 700, "readyAt", "readyAt" from snapshot where number % 10 = 0`,
  );
  for (let day = 0; day < 170; day += 3) await read(products[day % 10]!, daysAgo(day, 3));
  for (const [at, product] of products.entries()) await read(product, daysAgo(at % 4, 2), at + 1);
}
const READ = `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
  select $1 || n, $2::timestamptz + interval '1 second' * n, $3, 'u' || n, 'rows', 'json', 200, 1, 1000 * n, 10 + n
  from generate_series(1, $4::int) n`;
const read = (product: string, at: Date, times = 3) =>
  pool().query(READ, [newId(), at, product, times]);

beforeEach(async () => {
  setClock(() => NOW);
  await pool().query(
    'delete from cost_sum_kept; delete from resource_day; delete from resource_domain_day; delete from resource_rollup',
  );
});

const close = (value: number | null | undefined) =>
  typeof value === 'number' ? expect.closeTo(value, 8) : (value ?? null);
const figure = ({ value, previous, sample, points }: Omit<Figures, 'parts'>, is = close) => ({
  ...{ value: is(value), previous: is(previous), sample },
  points: points.map((one) => [one.at, is(one.value), is(one.previous), one.sample]),
});
const told = (parts: readonly Part[], is = close) =>
  parts
    .map((one) => [one.address, is(one.value), is(one.previous), one.sample])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
const same = (value: number | null | undefined) => value ?? null;

/** What the facts themselves come to, product by product. */
async function plainly(ctx: Ctx, raw: Scope) {
  const scope = await scopeOf(ctx, raw);
  const period = periodOf(scope);
  const of = (id: string, parts: typeof scope.parts) =>
    figuresOf(
      { ...requireMetric(id), costs: undefined } as unknown as Parameters<typeof figuresOf>[0],
      { ...scope, parts, hidden: null },
      period,
    );
  const total = await of('data_cost', scope.parts);
  const ids = ['storage_cost', 'compute_cost', 'egress_cost', 'cost_reduction', 'cost_per_read'];
  const singles = await Promise.all(ids.map((id) => of(id, null)));
  const { parts } = await of('data_cost', 'product');
  return {
    total: { ...figure(total), parts: told(total.parts) },
    singles: singles.map((one) => figure(one)),
    dearest: told(parts.slice(0, 10)),
  };
}
const shown = ({ total, kinds, others, dearest }: CostBoard) => ({
  total: { ...figure(total, same), parts: told(total.parts, same) },
  singles: [...kinds, ...others.slice(0, 2)].map((one) => figure(one, same)),
  dearest: told(dearest, same),
});

const SCOPES: Scope[] = [
  ...(['7d', '30d', '90d', '365d'] as const).map((range) => ({ range })),
  { range: '30d', compare: 'year' },
  { range: '30d', compare: 'none' },
  { from: '2026-01-20', to: '2026-02-10' },
  ...['fields', 'mines', 'mills'].map((domain) => ({ domain, range: '90d' as const })),
];
const FEW = SCOPES.slice(1, 3);
async function isTheSame(scopes = SCOPES): Promise<void> {
  for (const [at, viewer] of viewers.entries())
    for (const scope of scopes)
      expect({ at, scope, ...shown(await costBoard(viewer, scope)) }).toEqual({
        ...{ at, scope },
        ...(await plainly(viewer, scope)),
      });
}

it('is what every fact comes to, written down or not, for who finds all and for who does not', async () => {
  await isTheSame();
  setClock(() => daysAgo(20, 2).getTime());
  await rollUpResources();
  setClock(() => NOW);
  await isTheSame(FEW);
  expect(await keepCostSums()).toBeGreaterThan(0);
  await isTheSame();
  await rollUpResources();
  await keepCostSums();
  await isTheSame();
  // They are what products are added up from.
  await db().costSum.updateMany({ data: { byteHours: 0 } });
  const { dearest } = await costBoard(viewers[0]!, { range: '30d' });
  expect(told(dearest, same)).not.toEqual((await plainly(viewers[0]!, { range: '30d' })).dearest);
});

it('follows what is read late, what is counted again and new prices of days that are over, at once', async () => {
  await rollUpResources();
  await keepCostSums();
  const held = () => db().costSumKept.count();
  const before = await held();
  await read(products[0]!, daysAgo(0, 5), 50);
  expect(await held()).toBe(before);
  await read(products[5]!, daysAgo(20), 50);
  expect(await held()).toBeLessThan(before);
  await isTheSame(FEW);
  await keepCostSums();
  expect(await held()).toBe(before);
  await isTheSame(FEW);
  await pool().query('select usage_recount($1)', [daysAgo(20).toISOString().slice(0, 10)]);
  expect(await held()).toBeLessThan(before);
  await keepCostSums();
  await isTheSame(FEW);
  await priced(4, 25, 0.9);
  await isTheSame(FEW);
  await keepCostSums();
  await isTheSame(FEW);
  setClock(() => NOW + DAY);
  await isTheSame(FEW);
});

it('stays exact while several roll up and add up, and others read late', async () => {
  const write = async (seed: number) => {
    for (let turn = 0; turn < 12; turn += 1)
      await read(products[(seed + turn) % 10]!, daysAgo(1 + ((seed * 7 + turn * 5) % 60)), 2);
  };
  const work = async () => {
    await rollUpResources();
    for (let turn = 0; turn < 6; turn += 1) await keepCostSums();
  };
  await Promise.all([write(1), write(2), write(3), work(), work()]);
  await keepCostSums();
  const { rows } = await pool().query('select count(*)::int as n from resource_day');
  const { rows: all } = await pool().query(
    'select count(*)::int as n from resource_facts($1, $2, $2)',
    [daysAgo(400), daysAgo(0)],
  );
  expect(rows).toEqual(all);
  await isTheSame(FEW);
});

it('leaves days alone that somebody is changing', async () => {
  await rollUpResources();
  await keepCostSums();
  const before = await db().costSumKept.count();
  await transact(async (tx) => {
    await tx.$executeRaw`update usage_domain_day set refused = refused where day = ${daysAgo(10)}`;
    expect(await keepCostSums()).toBe(0);
  });
  expect(await db().costSumKept.count()).toBeLessThan(before);
  await keepCostSums();
  expect(await db().costSumKept.count()).toBe(before);
  await isTheSame(FEW);
});
