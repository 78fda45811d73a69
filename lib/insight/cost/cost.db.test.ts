import { beforeAll, beforeEach, expect, it } from 'vitest';
import { asSuperuser } from '@/lib/audit/testing/superuser';
import { type Ctx, db, pool, setClock } from '@/lib/core';
import { driverServices } from '@/lib/jobs/services';
import { runPipeline, runPipelineNow } from '@/lib/pipelines';
import { type Durable, runDeps, submitProduct } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeUser } from '@/lib/runtime/testing/factories';
import { carryOut, inline } from '@/lib/runtime/testing/inline-runs';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { flushUsage, recordUsage } from '@/lib/serving';
import { getMetric, metricRows, rollUpResources } from '..';
import type { CostModelInput } from './input';
import { costModel } from './model';
import { previewCostModel } from './preview-model';
import { setCostModel } from './set-model';

const database = useTestDatabase();
beforeAll(seedMesh);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday. */
const START = Date.parse('2026-03-02T08:00:00Z');
let clock = START;
let domain: { id: string; name: string };
let viewer: Ctx;
let admin: Ctx;
beforeEach(async () => {
  await asSuperuser(
    database.current,
    'truncate cost_model, resource_day, resource_rollup, usage_day',
  );
  clock = START;
  setClock(() => clock);
  domain = await makeDomain();
  viewer = await ctxOf(await makeUser());
  admin = await ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));
});

const PRICES = { storageGbMonth: 720, loadHour: 36, qualityHour: 0, queryHour: 3.6, egressGb: 50 };
const set = async (from: string, changes: Partial<CostModelInput> = {}) => {
  const { versions } = await costModel(admin);
  const reason = 'What the supplier asks';
  const after = versions[0]?.number ?? 0;
  return setCostModel(admin, { currency: 'EUR', from, ...PRICES, reason, after, ...changes });
};
/** An instant of March 2026. */
const at = (day: number, hour = 0) =>
  Date.parse('2026-03-01T00:00:00Z') + (day - 1) * DAY + hour * HOUR;
const of = (id: string, range: '7d' | '30d' = '7d') =>
  getMetric(viewer, id, { domain: domain.name, range });
const figure = async (id: string, range: '7d' | '30d' = '7d') => {
  const { value, previous, sample } = await of(id, range);
  return { value, previous, sample };
};

async function live(name: string) {
  const draft = await makeDraft({ name, domain });
  const { productId, runId } = await submitProduct(draft.ctx, draft);
  await carryOut(runId);
  return { ...draft, productId };
}

async function load(product: { ctx: Ctx; productId: string }, ms: number) {
  const { pipelineRunId } = await runPipelineNow(product.ctx, { productId: product.productId });
  const slow: Durable = {
    ...inline,
    step: (step, work) => {
      if (step === 'load') clock += ms;
      return work();
    },
  };
  await runPipeline(slow, runDeps(driverServices), pipelineRunId);
}

async function read(productId: string, sizeBytes: number, latencyMs: number) {
  recordUsage(viewer, {
    ...{ productId, shape: 'rows', format: 'json', status: 200, rowCount: 1, decisionId: null },
    ...{ sizeBytes, latencyMs },
  });
  await flushUsage();
}

/** Gigabyte-hours of all snapshots up to now, added up one by one. */
async function gigabyteHours(productId: string): Promise<number> {
  const all = await db().snapshot.findMany({ where: { productId } });
  return all.reduce((sum, one) => {
    const end = one.removedAt?.getTime() ?? clock;
    return sum + (Number(one.sizeBytes) / 1e9) * ((end - one.readyAt!.getTime()) / HOUR);
  }, 0);
}

it('says nothing of costs before there are prices, and nothing of the days before them', async () => {
  const { productId } = await live('orders');
  await read(productId, 1_000_000, 100);
  for (const id of ['data_cost', 'storage_cost', 'cost_per_read', 'cost_reduction']) {
    expect([id, await figure(id)]).toEqual([id, { value: null, previous: null, sample: 0 }]);
  }
  expect((await of('data_cost')).metric.unit).toBe('money');
  expect(await costModel(viewer)).toMatchObject({ current: null, versions: [], mayEdit: false });

  await set('2026-03-04');
  expect((await figure('data_cost')).value).toBeNull();
  clock = at(5);
  const cost = await of('egress_cost');
  expect([cost.value, cost.metric.unit]).toEqual([null, 'EUR']);
  await read(productId, 2_000_000, 100);
  expect((await of('egress_cost')).value).toBeCloseTo(0.1, 12);
});

it('adds up storage by the hour, computing by its time and bytes by the gigabyte, at the prices of the day', async () => {
  await set('2026-03-01');
  const product = await live('orders');
  clock = at(3, 12);
  await load(product, 100_000);
  await read(product.productId, 10_000_000, 2000);
  const hours = await gigabyteHours(product.productId);
  const storage = await figure('storage_cost');
  expect(storage.value).toBeCloseTo(hours, 12);
  expect(hours).toBeGreaterThan(0);
  // 100 s at 36 an hour, and 2 s at 3.6.
  expect((await figure('compute_cost')).value).toBeCloseTo(1 + 0.002, 12);
  expect((await figure('egress_cost')).value).toBeCloseTo(0.5, 12);
  expect((await figure('data_cost')).value).toBeCloseTo(hours + 1.502, 12);
  expect(await figure('cost_per_read')).toMatchObject({ value: null, sample: 1 });
  for (let more = 0; more < 9; more += 1) await read(product.productId, 0, 0);
  expect((await figure('cost_per_read')).value).toBeCloseTo((hours + 1.502) / 10, 12);

  // Twice the prices from the fourth on: what was before stays.
  await set('2026-03-04', { ...PRICES, egressGb: 100, loadHour: 72 });
  clock = at(4, 1);
  await load(product, 100_000);
  await read(product.productId, 10_000_000, 0);
  expect((await figure('egress_cost')).value).toBeCloseTo(0.5 + 1, 12);
  expect((await figure('compute_cost')).value).toBeCloseTo(1.002 + 2, 12);
  const { points } = await of('egress_cost');
  expect(points.map((point) => point.value).slice(-2)).toEqual([0.5, 1]);
  const { rows } = await metricRows(viewer, 'data_cost', { domain: domain.name, range: '7d' });
  expect(rows.reduce((sum, row) => sum + row.num, 0)).toBeCloseTo(
    (await of('data_cost')).value!,
    12,
  );
  expect(rows.map((row) => row.label).join('\n')).toMatch(/stored \d+ bytes, loaded for 100\.0 s/);
});

it('is the same whether days are written down or not, however often and by how many', async () => {
  await set('2026-03-01');
  const product = await live('orders');
  clock = at(3, 2);
  await load(product, 30_000);
  clock = at(6, 0.5);
  const before = await figure('data_cost');
  const days = async () =>
    (await pool().query('select * from resource_day order by day, "productId"')).rows;
  expect(await days()).toEqual([]);
  const rolled = await Promise.all([rollUpResources(), rollUpResources(), rollUpResources()]);
  // The fifth is over, and not for an hour.
  expect(rolled.reduce((sum, one) => sum + one, 0)).toBe(3);
  const written = await days();
  expect(new Set(written.map((row) => row.day.toISOString().slice(8, 10)))).toEqual(
    new Set(['02', '03', '04']),
  );
  expect(await figure('data_cost')).toEqual({
    ...before,
    value: expect.closeTo(before.value!, 12),
  });
  expect(await rollUpResources()).toBe(0);
  clock = at(6, 1);
  expect(await rollUpResources()).toBe(1);
  expect((await days()).slice(0, written.length)).toEqual(written);
});

it('compares whole days, and only where all of them have prices', async () => {
  await set('2026-03-03');
  const { productId } = await live('orders');
  const free = { storageGbMonth: 0, loadHour: 0, queryHour: 0 };
  for (const [day, bytes] of [
    [4, 40],
    [10, 60],
    [12, 30],
    [16, 20],
    [17, 500],
  ] as const) {
    clock = at(day, 5);
    await read(productId, bytes * 1e6, 0);
  }
  await set('2026-03-03', free);
  // The 4th to the 10th and the 11th to the 17th, less the first and today: 60 and 50.
  expect((await figure('cost_reduction')).value).toBeCloseTo((1 - 50 / 60) * 100, 9);
  const { rows } = await metricRows(viewer, 'cost_reduction', { domain: domain.name, range: '7d' });
  expect(rows.filter((row) => row.num > 0).map((row) => row.num)).toEqual([1, 1.5]);
  // It cost more: 90 after 40.
  clock = at(16, 6);
  expect((await figure('cost_reduction')).value).toBeCloseTo((1 - 90 / 40) * 100, 9);
  clock = at(14, 6);
  expect((await figure('cost_reduction')).value).toBeNull();
});

it('previews what prices change, keeps every version, and is edited by platform administrators alone', async () => {
  const { productId } = await live('orders');
  await read(productId, 4_000_000, 0);
  clock = at(4);
  await read(productId, 6_000_000, 0);
  const none = { storageGbMonth: 0, loadHour: 0, qualityHour: 0, queryHour: 0 };
  const asked = { currency: 'EUR', from: '2026-03-04', ...none, egressGb: 100 };
  const first = await previewCostModel(admin, asked);
  expect(first).toMatchObject({ before: 0, days: { changed: 1, unpriced: 29 } });
  expect(first.after).toBeCloseTo(0.6, 12);
  expect((await costModel(admin)).versions).toEqual([]);

  await set('2026-03-01', { ...none, egressGb: 10 });
  const next = await previewCostModel(admin, asked);
  expect([next.before, next.after]).toEqual([expect.closeTo(0.1, 12), expect.closeTo(0.64, 12)]);
  expect(next.kinds.filter((one) => one.before !== one.after).map((one) => one.kind)).toEqual([
    'egress',
  ]);
  await set('2026-03-04', { ...none, egressGb: 100 });
  expect((await of('egress_cost')).value).toBeCloseTo(next.after, 12);
  const { versions, current } = await costModel(viewer);
  expect(versions.map((one) => one.number)).toEqual([2, 1]);
  expect(current).toMatchObject({ number: 2, egressGb: 100 });
  const actorId = admin.actor.type === 'user' ? admin.actor.id : '';
  const audited = await db().auditEvent.findMany({ where: { action: 'cost.model', actorId } });
  expect(audited).toHaveLength(2);

  await expect(previewCostModel(viewer, asked)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(set('2026-03-05', { currency: 'USD' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(set('2024-01-01')).rejects.toMatchObject({ code: 'invalid' });
  await expect(set('2026-03-05', { after: 1 })).rejects.toMatchObject({ code: 'conflict' });
  await expect(set('2026-03-05', { egressGb: -1 })).rejects.toThrow('zero or more');
  await expect(pool().query('update cost_model set "egressGb" = 1')).rejects.toThrow('append-only');
});
