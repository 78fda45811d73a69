import { beforeAll, beforeEach, expect, it } from 'vitest';
import { audit } from '@/lib/audit';
import { type Ctx, db, newId, pool, setClock, systemCtx, transact } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { getDashboard, getMetric, keepMetricDays, listMetrics } from '..';

useTestDatabase();
const NOW = Date.parse('2026-03-15T12:00:00Z');
const DAY_MS = 86_400_000;
const METRICS = [
  ...['data_quality_score', 'api_availability', 'error_budget_left', 'processing_latency'],
  ...['innovation_rate', 'change_failure_rate', 'time_to_approve_access'],
  'time_to_insight',
];
/** Charts of dashboards of which days are kept; and windows of lists: of four ranges the closed days, and the young ones. */
const [CHARTS, WINDOWS] = [3, 2 * 5];
const daysAgo = (days: number) => new Date(Math.floor(NOW / DAY_MS) * DAY_MS - days * DAY_MS);
let viewer: Ctx;
let productId: string;
let domainId: string;
let requestId: string;
let requesterId: string;
let askers: { userId: string; requestId: string }[];
let objectiveId: string;
beforeAll(async () => {
  viewer = await ctxOf(await makeUser());
  const domain = await makeDomain({ name: 'sales' });
  domainId = domain.id;
  productId = (await makeProduct({ domainId: domain.id, ownerId: (await makeUser()).id })).id;
  requestId = newId();
  requesterId = (await makeUser()).id;
  askers = await Promise.all(
    [1, 2, 3].map(async () => ({ userId: (await makeUser()).id, requestId: newId() })),
  );
  const request = { purpose: 'analytics', note: 'n', days: 30 };
  await db().accessRequest.createMany({
    data: [
      { id: requestId, requesterId, ...request },
      ...askers.map((one) => ({ id: one.requestId, requesterId: one.userId, ...request })),
    ],
  });
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
const run = (days: number, ms: number) => ({
  ...{ id: newId(), productId, environment: 'production', trigger: 'manual', status: 'succeeded' },
  ...{ startedAt: daysAgo(days), finishedAt: new Date(daysAgo(days).getTime() + ms) },
});
const release = (days: number, number: number) => ({
  ...{ id: newId(), productId, number, version: `${number}.0.0`, descriptor: {}, etl: {} },
  ...{ runId: newId(), createdAt: daysAgo(days) },
});
const incident = (days: number) => ({
  ...{ id: newId(), productId, domainId, ruleName: 'r', dimension: 'accuracy', level: 'error' },
  ...{ message: 'm', runId: 'r', openedAt: new Date(daysAgo(days).getTime() + 5000) },
  lastSeenAt: daysAgo(days),
});
const decided = (days: number, hours: number) => ({
  ...{ id: newId(), requestId, productId, status: 'active', createdAt: daysAgo(days) },
  decidedAt: new Date(daysAgo(days).getTime() + hours * 3_600_000),
});
const asked = (days: number, asker: number) => ({
  ...{ id: newId(), requestId: askers[asker]!.requestId, productId, status: 'pending' },
  createdAt: daysAgo(days),
});
const firstRead = (days: number, userId: string) => ({
  ...{ productId, userId, firstAt: daysAgo(days), lastAt: daysAgo(days) },
});
const measured = (days: number, good: number) => ({
  ...{ objectiveId, day: daysAgo(days), measured: 100, good, outage: 0, goodEvents: 1, events: 1 },
});
beforeEach(async () => {
  setClock(() => NOW);
  await pool().query(
    `delete from quality_run; delete from slo_day; delete from slo_hour; delete from pipeline_run; delete from release;
      delete from quality_incident; delete from product_reader;
      delete from access_request_item; delete from metric_day_kept; delete from metric_window`,
  );
  await db().pipelineRun.createMany({
    data: [1, 1, 2, 3, 40, 41].map((days, at) => run(days, 100 * (at + 1))),
  });
  await db().release.createMany({ data: [40, 29, 20, 3].map((days, at) => release(days, at + 1)) });
  await db().accessRequestItem.createMany({ data: [2, 3, 4].map((days) => decided(days, days)) });
  await db().accessRequestItem.createMany({ data: [5, 7, 45].map(asked) });
  await db().productReader.createMany({
    data: [1, 2, 40].map((days, at) => firstRead(days, askers[at]!.userId)),
  });
  await db().qualityRun.createMany({ data: [1, 2, 3, 40].map((days) => check(days, 80 + days)) });
  await db().sloDay.createMany({
    data: [1, 2, 3, 40].map((days) => measured(days, 90 + days / 10)),
  });
});

type Told =
  | Awaited<ReturnType<typeof getMetric>>
  | Awaited<ReturnType<typeof listMetrics>>['metrics'][0];
const of = (one: Told) => [
  one.value?.toFixed(9),
  one.previous?.toFixed(9),
  one.sample,
  ...one.points.map((point) => point.value?.toFixed(9)),
];

/** Of the mesh and of its only domain from what is kept; of the domain's products from the facts themselves. */
async function figures() {
  const [mesh, domain] = await Promise.all([
    listMetrics(viewer, {}, METRICS),
    listMetrics(viewer, { domain: 'sales' }, METRICS),
  ]);
  for (const [at, one] of mesh.metrics.entries()) {
    const { id } = one.metric;
    const facts = of(await getMetric(viewer, id, { domain: 'sales' }));
    expect([id, of(one)]).toEqual([id, facts]);
    expect([id, of(domain.metrics[at]!)]).toEqual([id, facts]);
  }
  return Object.fromEntries(mesh.metrics.map((one) => [one.metric.id, of(one)]));
}

/** What charts and lists of the dashboards say. */
async function boards(range: '7d' | '30d' = '30d') {
  const all = await Promise.all(
    ['slos', 'quality'].map((id) => getDashboard(viewer, id, { range })),
  );
  const close = (_: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(9)) : value;
  return all.map(({ charts, ranks }) => JSON.parse(JSON.stringify({ charts, ranks }, close)));
}
const windows = () => db().metricWindow.count({ where: { isReady: true } });
const rolledBack = async (days: number) => {
  setClock(() => daysAgo(days).getTime());
  await transact(async (tx) =>
    audit(tx, systemCtx('test'), {
      ...{ action: 'product.rollback', target: { type: 'product', id: productId } },
      ...{ productId, domainId },
    }),
  );
  setClock(() => NOW);
};
const kept = () => db().metricDayKept.count();

it('are the same kept and not kept, also while some are', async () => {
  const before = await figures();
  const drawn = await boards();
  expect([before.data_quality_score?.[0], before.processing_latency?.[0]]).toEqual([
    '82.000000000',
    '250.000000000',
  ]);
  let days = 0;
  for (let now = -1; now !== 0; days += now) {
    now = await keepMetricDays();
    expect(await figures()).toEqual(before);
    expect(await boards()).toEqual(drawn);
  }
  const all = (METRICS.length + CHARTS) * 730;
  expect([days, await kept(), await windows()]).toEqual([all + WINDOWS, all, WINDOWS]);
  await db().metricDay.updateMany({ data: { num: 0 } });
  await db().metricPart.updateMany({ data: { num: 0 } });
  // They are what the figures, the charts and the lists are made of.
  const [score] = (await listMetrics(viewer, {}, ['data_quality_score'])).metrics;
  expect(score!.value).toBe(0);
  const [slos, quality] = await boards();
  expect([slos.charts[2].series[0].value, quality.charts[2].series[0].value]).toEqual([0, 0]);
  expect(slos.ranks[0].rows[0].cells.attained).toBeLessThan(
    drawn[0].ranks[0].rows[0].cells.attained,
  );
  expect(quality.ranks[0].rows[0].cells.score).toBeLessThan(drawn[1].ranks[0].rows[0].cells.score);
});

const CHANGES: Record<string, (() => Promise<unknown>)[]> = {
  'quality runs': [
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
  ],
  objectives: [
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
  ],
  'loads and requests': [
    () => db().pipelineRun.create({ data: run(6, 7) }),
    () =>
      db().pipelineRun.updateMany({
        where: { finishedAt: { gt: daysAgo(2) } },
        data: { status: 'failed' },
      }),
    () => db().pipelineRun.deleteMany({ where: { finishedAt: { gt: daysAgo(4) } } }),
    () => db().accessRequestItem.updateMany({ data: { decidedAt: daysAgo(1) } }),
    () => db().accessRequestItem.deleteMany({ where: { createdAt: daysAgo(4) } }),
  ],
  'first reads': [
    () => db().productReader.create({ data: firstRead(1, requesterId) }),
    () => db().accessRequestItem.create({ data: asked(9, 0) }),
    () =>
      db().productReader.updateMany({
        where: { userId: askers[1]!.userId },
        data: { firstAt: daysAgo(1) },
      }),
    () => db().productReader.deleteMany({ where: { userId: askers[1]!.userId } }),
  ],
  'releases and incidents': [
    () => db().qualityIncident.create({ data: incident(2) }),
    () => db().qualityIncident.updateMany({ data: { level: 'warning' } }),
    () => db().qualityIncident.updateMany({ data: { level: 'error' } }),
    () => db().release.create({ data: release(2, 5) }),
    () => rolledBack(18),
    () => db().release.updateMany({ where: { number: 5 }, data: { createdAt: daysAgo(1) } }),
    () => db().release.deleteMany({ where: { number: 5 } }),
  ],
};
it.each(Object.keys(CHANGES))(
  'follow every change of %s at once, of a day long over too',
  async (name) => {
    await keepMetricDays();
    let last: unknown = [await figures(), await boards()];
    for (const [at, change] of CHANGES[name]!.entries()) {
      await change();
      const now = [await figures(), await boards()];
      expect([at, now]).not.toEqual([at, last]);
      await keepMetricDays();
      expect([at, await figures(), await boards()]).toEqual([at, ...now]);
      last = now;
    }
    await db().sloObjective.updateMany({ data: { target: 0.9 } });
  },
);

it('stay where a change says nothing new', async () => {
  await db().qualityIncident.create({ data: incident(2) });
  await keepMetricDays();
  const held = await kept();
  await db().qualityIncident.updateMany({ data: { lastSeenAt: new Date(NOW) } });
  await db().productReader.updateMany({ data: { lastAt: new Date(NOW) } });
  expect(await kept()).toBe(held);
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
  expect(await windows()).toBe(WINDOWS);
  const drawn = [await boards('7d'), await boards()];
  await db().metricWindow.deleteMany();
  expect([await boards('7d'), await boards()]).toEqual(drawn);
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
  expect((await figures()).data_quality_score?.[0]).toBe('50.000000000');
});
