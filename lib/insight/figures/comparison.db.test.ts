import { beforeAll, expect, it } from 'vitest';
import { type Ctx, newId, pool, setClock } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { getMetric, metricRows, type Scope, setMetricTarget } from '..';

useTestDatabase();
let clock = Date.parse('2026-03-15T12:00:00Z');
let viewer: Ctx;
let owner: Ctx;
beforeAll(async () => {
  setClock(() => clock);
  const domain = await makeDomain({ name: 'sales' });
  const person = await makeMember(domain.id, 'data_producer');
  owner = await ctxOf(person);
  viewer = await ctxOf(await makeUser());
  const theirs = await makeProduct({ domainId: domain.id, ownerId: person.id, name: 'orders' });
  const other = await makeMember(domain.id, 'data_producer');
  const visits = await makeProduct({ domainId: domain.id, ownerId: other.id, name: 'visits' });
  // Reads: 2 on each of 10 days up to today, 1 on each of the 10 before; 5 on one day a year before; visits once.
  const write = (productId: string, day: string, count: number) =>
    pool().query(
      `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
       select gen_random_uuid()::text, $1::timestamptz + interval '9 hours', $2, $3, 'rows', 'json', 200, 1, 10, 1 from generate_series(1, $4::int)`,
      [day, productId, newId(), count],
    );
  for (let day = 0; day < 20; day += 1) {
    const at = new Date(clock - day * 86_400_000).toISOString().slice(0, 10);
    await write(theirs.id, at, day < 10 ? 2 : 1);
  }
  await write(theirs.id, '2025-03-10', 5);
  await write(visits.id, '2026-03-10', 1);
  // Products come to production: one two years ago, one in between, one in the period.
  const release = (productId: string, number: number, at: string) =>
    pool().query(
      `insert into release (id, "productId", number, version, descriptor, etl, "runId", "createdAt")
       values ($1, $2, $3, '1.0.0', '{}', '{}', $1, $4::timestamptz)`,
      [newId(), productId, number, at],
    );
  await release(theirs.id, 1, '2024-05-01T00:00:00Z');
  await release(visits.id, 1, '2025-09-01T00:00:00Z');
  const goods = await makeProduct({ domainId: domain.id, ownerId: other.id, name: 'goods' });
  await release(goods.id, 1, '2026-03-12T00:00:00Z');
});
const of = async (id: string, scope: Scope, ctx = viewer) => {
  const { value, previous, points } = await getMetric(ctx, id, scope);
  const sum = (all: (number | null)[]) => all.reduce<number>((a, one) => a + (one ?? 0), 0);
  return {
    ...{ value, previous },
    drawn: sum(points.map((point) => point.value)),
    before: sum(points.map((point) => point.previous)),
  };
};

it('compares with the days before, the same days a year before, or nothing, and draws both courses', async () => {
  const range = { range: '7d' } as const;
  expect(await of('data_reads', range)).toEqual({ value: 15, previous: 10, drawn: 15, before: 10 });
  expect(await of('data_reads', { ...range, compare: 'year' })).toEqual({
    ...{ value: 15, previous: 5, drawn: 15, before: 5 },
  });
  expect(await of('data_reads', { ...range, compare: 'none' })).toEqual({
    ...{ value: 15, previous: null, drawn: 15, before: 0 },
  });
  const { points } = await getMetric(viewer, 'data_reads', range);
  expect(points.map((point) => point.previous)).toEqual([1, 1, 1, 1, 2, 2, 2]);
});

it('a change is always one against the period before', async () => {
  for (const compare of ['previous', 'year', 'none'] as const) {
    const { value } = await of('data_usage_increase', { range: '7d', compare });
    expect(value).toBeCloseTo((15 / 10 - 1) * 100, 9);
  }
});

it('a level is what it had come to, whatever lies between', async () => {
  const levels = async (scope: Scope) => {
    const { value, previous, points } = await getMetric(viewer, 'data_product_count', scope);
    return { value, previous, first: points[0], last: points.at(-1) };
  };
  expect(await levels({ range: '7d' })).toMatchObject({
    ...{ value: 3, previous: 2, first: { value: 2, previous: 2 }, last: { value: 3, previous: 2 } },
  });
  expect(await levels({ range: '7d', compare: 'year' })).toMatchObject({
    ...{ value: 3, previous: 1, first: { value: 2, previous: 1 }, last: { value: 3, previous: 1 } },
  });
  expect(await levels({ range: '7d', compare: 'none' })).toMatchObject({
    ...{ value: 3, previous: null, first: { value: 2, previous: null }, last: { value: 3 } },
  });
});

it('takes days of one’s own, their rows with them, and refuses those that make no period', async () => {
  const days = { from: '2026-03-10', to: '2026-03-11' };
  expect(await of('data_reads', days)).toMatchObject({ value: 5, previous: 4 });
  const { period } = await getMetric(viewer, 'data_reads', days);
  expect(period).toMatchObject({
    ...{ range: 'custom', bucket: 'day', from: '2026-03-10T00:00:00.000Z' },
    ...{ to: '2026-03-12T00:00:00.000Z', previousFrom: '2026-03-08T00:00:00.000Z' },
  });
  expect((await metricRows(viewer, 'data_reads', days)).rows).toHaveLength(3);
  const wrong: [Scope, RegExp][] = [
    [{ from: '2026-03-10' }, /both days/],
    [{ from: '2026-03-10', to: '2026-03-09' }, /after the last/],
    [{ from: '2025-03-10', to: '2026-03-12' }, /at most 366/],
    [{ from: '2026-03-10', to: '2026-03-16' }, /not come yet/],
    [{ from: '1999-12-31', to: '2000-01-02' }, /2000-01-01/],
  ];
  for (const [scope, message] of wrong) {
    await expect(of('data_reads', scope)).rejects.toMatchObject({
      ...{ code: 'invalid', message: expect.stringMatching(message) },
    });
  }
});

it('is of what one owns, taken apart by product', async () => {
  const { value, parts } = await getMetric(owner, 'data_reads', { range: '7d', mine: 'yes' });
  expect([value, parts.map((part) => part.address)]).toEqual([14, ['sales/orders']]);
  expect((await of('data_reads', { range: '7d', mine: 'yes' }, viewer)).value).toBe(0);
});

it('tells what the target was, step by step', async () => {
  const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  const now = clock;
  for (const [day, value] of [
    [40, 10],
    [4, 20],
    [2, null],
  ] as const) {
    clock = now - day * 86_400_000;
    await setMetricTarget(steward, { metric: 'data_reads', value });
  }
  clock = now;
  const { targetSteps } = await getMetric(viewer, 'data_reads', { range: '7d', domain: 'sales' });
  expect(targetSteps).toEqual([
    { at: '2026-03-09T00:00:00.000Z', value: 10 },
    { at: '2026-03-11T12:00:00.000Z', value: 20 },
    { at: '2026-03-13T12:00:00.000Z', value: null },
  ]);
});
