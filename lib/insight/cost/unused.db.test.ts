import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Ctx, db, setClock } from '@/lib/core';
import { driverServices } from '@/lib/jobs/services';
import { retireProduct, retireRun, runDeps, submitProduct } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { carryOut, inline } from '@/lib/runtime/testing/inline-runs';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { flushUsage, recordUsage } from '@/lib/serving';
import {
  costBoard,
  getMetric,
  metricRows,
  productCosts,
  setCostModel,
  unusedCsv,
  unusedProducts,
} from '..';

useTestDatabase();
beforeAll(seedMesh);

const DAY = 86_400_000;
const START = Date.parse('2026-03-02T08:00:00Z');
let clock = START;
let domain: { id: string; name: string };
let viewer: Ctx;
beforeEach(async () => {
  clock = START;
  setClock(() => clock);
  domain = await makeDomain();
  viewer = await ctxOf(await makeUser());
});

async function live(name: string, of = domain) {
  const draft = await makeDraft({ name, domain: of });
  const { productId, runId } = await submitProduct(draft.ctx, draft);
  await carryOut(runId);
  return { ...draft, productId, address: `${of.name}/${name}` };
}
async function read(productId: string, ctx: Ctx, sizeBytes = 1000) {
  recordUsage(ctx, {
    ...{ productId, shape: 'rows', format: 'json', status: 200, rowCount: 1, decisionId: null },
    ...{ sizeBytes, latencyMs: 0 },
  });
  await flushUsage();
}
const unused = async (days: 30 | 90 | 180 = 90) => {
  const { products } = await unusedProducts(viewer, { domain: domain.name, days });
  return products.map(({ address, lastUsedAt, cost }) => [address.split('/')[1], lastUsedAt, cost]);
};

it('is unused what nobody outside read for so long, whoever of the domain did', async () => {
  const orders = await live('orders');
  const goods = await live('goods');
  const colleague = await ctxOf(await makeMember(domain.id, 'data_consumer'));
  await read(orders.productId, viewer);
  clock = START + 40 * DAY;
  await read(orders.productId, colleague);
  await read(goods.productId, viewer);
  await live('visits');
  const first = new Date('2026-03-02T00:00:00Z').toISOString();
  // Too young to tell within 90 days, and within 30 the newest one.
  expect(await unused()).toEqual([]);
  expect(await unused(30)).toEqual([['orders', first, null]]);
  clock = START + 91 * DAY;
  expect(await unused()).toEqual([['orders', first, null]]);
  clock = START + 131 * DAY;
  const second = new Date(START + 40 * DAY).toISOString().slice(0, 10);
  expect(await unused()).toEqual([
    ['goods', `${second}T00:00:00.000Z`, null],
    ['orders', first, null],
    ['visits', null, null],
  ]);
  const { runId } = await retireProduct(goods.ctx, {
    ...{ productId: goods.productId, confirm: goods.address },
  });
  await retireRun(inline, runDeps(driverServices), runId);
  expect((await unused()).map(([name]) => name)).toEqual(['orders', 'visits']);
  // Who read in a role of the domain was inside, also when they have left it.
  await db().membership.deleteMany({ where: { domainId: domain.id } });
  expect((await unused()).find(([name]) => name === 'orders')?.[1]).toBe(first);
});

it('counts the other domains that use a product, and says nothing without a live one', async () => {
  const figure = async () => {
    const { value, sample } = await getMetric(viewer, 'reuse', { domain: domain.name });
    return { value, sample };
  };
  expect(await figure()).toEqual({ value: null, sample: 0 });
  const orders = await live('orders');
  await live('goods');
  expect(await figure()).toEqual({ value: 0, sample: 2 });
  const [north, south] = [await makeDomain(), await makeDomain()];
  const people = [
    await makeMember(north.id, 'data_consumer'),
    await makeMember(north.id, 'data_consumer'),
    await makeMember(south.id, 'data_consumer'),
    await makeMember(domain.id, 'data_consumer'),
  ];
  for (const person of people) await read(orders.productId, await ctxOf(person));
  expect(await figure()).toEqual({ value: 1, sample: 2 });
  const { rows } = await metricRows(viewer, 'reuse', { domain: domain.name });
  expect(rows.map((row) => row.label).sort()).toEqual([
    '0 other domains: 0 people and 0 products made from it',
    '2 other domains: 3 people and 0 products made from it',
  ]);
  clock = START + 32 * DAY;
  expect((await figure()).value).toBe(0);
});

it('puts the same figures on the dashboard and beside compared products', async () => {
  const admin = await ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));
  const free = { storageGbMonth: 0, loadHour: 0, qualityHour: 0, queryHour: 0 };
  await setCostModel(admin, {
    ...{ currency: 'EUR', from: '2026-02-01', ...free, egressGb: 1000 },
    ...{ reason: 'Bytes alone', after: 0 },
  });
  const orders = await live('orders');
  const goods = await live('goods');
  for (let day = 0; day < 20; day += 1) {
    clock = START + day * DAY;
    await read(orders.productId, viewer, 3_000_000);
    await read(goods.productId, viewer, 1_000_000);
  }
  const board = await costBoard(viewer, { domain: domain.name });
  expect(board.total.value).toBeCloseTo(80, 9);
  expect(board.total.parts.map((part) => [part.title, part.value])).toEqual([
    [expect.any(String), expect.closeTo(60, 9)],
    [expect.any(String), expect.closeTo(20, 9)],
  ]);
  const kinds = board.kinds.map(({ metric, value }) => [metric.id, value]);
  expect(kinds).toEqual([
    ['storage_cost', 0],
    ['compute_cost', 0],
    ['egress_cost', expect.closeTo(80, 9)],
  ]);
  // 19 whole days of March at 4, and 12 days that are left: the 2nd was the first.
  expect(board.forecast).toEqual({ needed: 20, known: 19 });
  clock = Date.parse('2026-04-01T10:00:00Z');
  for (let day = 0; day < 11; day += 1) {
    clock = Date.parse('2026-03-22T10:00:00Z') + day * DAY;
    await read(orders.productId, viewer, 4_000_000);
  }
  const next = await costBoard(viewer, { domain: domain.name });
  expect(next.forecast).toMatchObject({ daysOver: 0, soFar: 0, daysLeft: 30 });
  expect(next.forecast).toHaveProperty('value', expect.closeTo(120, 9));
  const costs = await productCosts(viewer, [orders.address, goods.address, 'no/where']);
  expect(Object.keys(costs).sort()).toEqual([goods.address, orders.address].sort());
  const { value } = await getMetric(viewer, 'data_cost', {
    ...{ domain: domain.name, product: 'orders' },
  });
  expect(costs[orders.address]).toEqual({
    ...{ unit: 'EUR', cost: value },
    perRead: expect.any(Number),
  });
});

it('gives what is unused as a file', async () => {
  const orders = await live('orders');
  clock = START + 131 * DAY;
  const csv = await unusedCsv(viewer, { domain: domain.name });
  expect(csv.split('\r\n')).toEqual([
    expect.stringMatching(/^product,title,owner,status,last_used,cost_30d/),
    expect.stringMatching(new RegExp(`^${orders.address},.*,production,,`)),
    '',
  ]);
});
