import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Ctx, db, newId, pool, setClock } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { getMetric, keepMetricDays } from '..';

useTestDatabase();
const NOW = Date.parse('2026-03-15T12:00:00Z');
const DAY_MS = 86_400_000;
const METRICS = ['data_quality_score', 'api_availability', 'error_budget_left'];
const daysAgo = (days: number) => new Date(Math.floor(NOW / DAY_MS) * DAY_MS - days * DAY_MS);
let viewer: Ctx;
let productId: string;
let objectiveId: string;
beforeAll(async () => {
  viewer = await ctxOf(await makeUser());
  const domain = await makeDomain({ name: 'sales' });
  productId = (await makeProduct({ domainId: domain.id, ownerId: (await makeUser()).id })).id;
  objectiveId = newId();
  await db().sloObjective.create({
    data: {
      ...{
        id: objectiveId,
        productId,
        key: 'availability',
        kind: 'availability',
        title: 'Answers',
      },
      ...{ origin: 'contract', target: 0.9, since: daysAgo(100) },
    },
  });
});
const check = (days: number, score: number) => ({
  ...{ id: newId(), productId, snapshotId: 's', scores: { completeness: score } },
  ...{ startedAt: new Date(daysAgo(days).getTime() + 1000), finishedAt: daysAgo(days) },
});
const measured = (days: number, good: number) => ({
  ...{ objectiveId, day: daysAgo(days), measured: 100, good, outage: 0, goodEvents: 1, events: 1 },
});
beforeEach(async () => {
  setClock(() => NOW);
  await pool().query(
    'delete from quality_run; delete from slo_day; delete from slo_hour; delete from metric_day_kept',
  );
  await db().qualityRun.createMany({ data: [1, 2, 3, 40].map((days) => check(days, 80 + days)) });
  await db().sloDay.createMany({
    data: [1, 2, 3, 40].map((days) => measured(days, 90 + days / 10)),
  });
});

/** Of the mesh from what is kept; of its only domain from the facts themselves. */
async function figures() {
  const of = (one: Awaited<ReturnType<typeof getMetric>>) => [
    one.value?.toFixed(9),
    one.previous?.toFixed(9),
    one.sample,
    ...one.points.map((point) => point.value?.toFixed(9)),
  ];
  const all = METRICS.map(async (id) => {
    const [mesh, domain] = await Promise.all([
      getMetric(viewer, id, {}),
      getMetric(viewer, id, { domain: 'sales' }),
    ]);
    expect([id, of(mesh)]).toEqual([id, of(domain)]);
    return mesh.value;
  });
  return Promise.all(all);
}
const kept = () => db().metricDayKept.count();

it('are the same kept and not kept, also while some are', async () => {
  const before = await figures();
  expect(before[0]).toBeCloseTo(82, 9);
  let days = 0;
  for (let now = -1; now !== 0; days += now) {
    now = await keepMetricDays();
    expect(await figures()).toEqual(before);
  }
  expect([days, await kept()]).toEqual([3 * 730, 3 * 730]);
  expect(await db().metricDay.count()).toBe(3 * 4);
  await db().metricDay.updateMany({ data: { num: 0 } });
  // They are what the mesh's figures are made of.
  expect((await getMetric(viewer, METRICS[0]!, {})).value).toBe(0);
});

it('follow every change of a fact at once, of a day long over too', async () => {
  await keepMetricDays();
  const before = await figures();
  const changes: (() => Promise<unknown>)[] = [
    () =>
      db().qualityRun.updateMany({
        where: { startedAt: { gt: daysAgo(1) } },
        data: { scores: { completeness: 10 } },
      }),
    () =>
      db().qualityRun.updateMany({
        where: { startedAt: { lt: daysAgo(30) } },
        data: { startedAt: daysAgo(2) },
      }),
    () => db().qualityRun.deleteMany({ where: { startedAt: daysAgo(2) } }),
    () => db().qualityRun.create({ data: check(5, 1) }),
    () => db().sloDay.updateMany({ where: { day: daysAgo(3) }, data: { good: 1 } }),
    () => db().sloDay.deleteMany({ where: { day: daysAgo(1) } }),
    () =>
      db().sloHour.create({
        data: {
          ...{ objectiveId, hour: daysAgo(1), measured: 60, good: 7 },
          ...{ outage: 0, goodEvents: 1, events: 1 },
        },
      }),
    () => db().sloObjective.updateMany({ data: { target: 0.5 } }),
  ];
  let last = before;
  for (const change of changes) {
    await change();
    const now = await figures();
    expect(now).not.toEqual(last);
    await keepMetricDays();
    expect(await figures()).toEqual(now);
    last = now;
  }
  await db().sloObjective.updateMany({ data: { target: 0.9 } });
});

it('hold every change, while several work days out and others write', async () => {
  const write = async (seed: number) => {
    for (let turn = 0; turn < 15; turn += 1) {
      await db().qualityRun.create({ data: check((seed + turn) % 5, turn) });
      await db().sloDay.updateMany({
        where: { day: daysAgo(1 + (turn % 3)) },
        data: { good: seed + turn },
      });
    }
  };
  const keep = async () => {
    for (let turn = 0; turn < 10; turn += 1) await keepMetricDays();
  };
  await Promise.all([write(1), write(2), write(3), keep(), keep()]);
  await keepMetricDays();
  await figures();
  expect(await db().qualityRun.count()).toBe(4 + 45);
});

it('leave a day whose facts are being changed for later', async () => {
  const writer = await pool().connect();
  await writer.query('begin');
  await writer.query('update quality_run set scores = $1', [{ completeness: 50 }]);
  await keepMetricDays();
  const held = await db().metricDayKept.findMany({ where: { metric: 'data_quality_score' } });
  expect(held.filter(({ day }) => [1, 2, 3, 40].some((ago) => +daysAgo(ago) === +day))).toEqual([]);
  await writer.query('commit');
  writer.release();
  expect((await figures())[0]).toBe(50);
});
