import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideItem, requestAccess } from '@/lib/access';
import { writeReview } from '@/lib/community';
import { type Ctx, db, newId, setClock } from '@/lib/core';
import { checkServed } from '@/lib/jobs/hourly-quality';
import { driverServices } from '@/lib/jobs/services';
import { runPipeline, runPipelineNow } from '@/lib/pipelines';
import {
  type Durable,
  retireProduct,
  retireRun,
  rollBack,
  runDeps,
  submitProduct,
} from '@/lib/provisioning';
import { addRule, switchRule } from '@/lib/quality';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { carryOut, inline } from '@/lib/runtime/testing/inline-runs';
import { type DraftMade, makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { flushUsage, recordUsage } from '@/lib/serving';
import { getMetric, listMetrics, metricCatalogue, metricRows } from '..';

useTestDatabase();
beforeAll(seedMesh);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday. */
const START = Date.parse('2026-03-02T08:00:00Z');
let clock = START;
const pass = (ms: number) => {
  clock += ms;
};
const deps = runDeps(driverServices);

interface Product extends DraftMade {
  productId: string;
  address: string;
}
let domain: { id: string; name: string };
let viewer: Ctx;
beforeEach(async () => {
  clock = START;
  setClock(() => clock);
  domain = await makeDomain();
  viewer = await ctxOf(await makeUser());
});

/** A draft that is begun now and comes to production so much later. */
async function live(name: string, tookMs = 2 * HOUR): Promise<Product> {
  const draft = await makeDraft({ name, domain });
  pass(tookMs);
  const { productId, runId } = await submitProduct(draft.ctx, draft);
  await carryOut(runId);
  return { ...draft, productId, address: `${domain.name}/${name}` };
}

async function read(productId: string, ctx: Ctx, facts: { status?: number; rows?: number } = {}) {
  const { status = 200, rows = 10 } = facts;
  recordUsage(ctx, {
    ...{ productId, shape: 'rows', format: 'json', status, rowCount: rows, sizeBytes: rows * 100 },
    ...{ latencyMs: 5, decisionId: null },
  });
  await flushUsage();
}

/** A load that takes so long. */
async function load(product: Product, ms: number): Promise<void> {
  const { pipelineRunId } = await runPipelineNow(product.ctx, { productId: product.productId });
  const slow: Durable = {
    ...inline,
    step: (name, work) => {
      if (name === 'load') pass(ms);
      return work();
    },
  };
  await runPipeline(slow, deps, pipelineRunId);
}

const figure = async (id: string, range: '7d' | '30d' = '30d') => {
  const { value, previous, sample } = await getMetric(viewer, id, { domain: domain.name, range });
  return { value, previous, sample };
};
const rowsOf = async (id: string) => (await metricRows(viewer, id, { domain: domain.name })).rows;

describe('every metric', () => {
  it('says of an organisation in which nothing happened that there is too little, or zero where that is the truth', async () => {
    const { metrics } = await listMetrics(viewer, { domain: domain.name });
    const told = Object.fromEntries(metrics.map((one) => [one.metric.id, one.value]));
    const zero = [
      'data_product_count',
      'data_consumers',
      'data_reads',
      'data_bytes_served',
      'innovation_rate',
    ];
    for (const { id } of metricCatalogue().filter((one) => !one.isOfPortal))
      expect([id, told[id]]).toEqual([id, zero.includes(id) ? 0 : null]);
  });

  it('has rows that add up to its sample, for whom it is asked and nobody else', async () => {
    const product = await live('orders');
    await read(product.productId, viewer);
    for (const { id } of metricCatalogue().filter((one) => !one.isOfPortal)) {
      const { sample, parts } = await getMetric(viewer, id, { domain: domain.name });
      const { rows } = await metricRows(viewer, id, { domain: domain.name });
      expect([id, rows.length > 0]).toEqual([id, sample > 0]);
      expect(parts.reduce((sum, part) => sum + part.sample, 0)).toBe(sample);
    }
    const elsewhere = await makeDomain();
    const { metrics } = await listMetrics(viewer, { domain: elsewhere.name });
    expect(metrics.filter((one) => one.sample > 0)).toEqual([]);
  });
});

describe('what products are made', () => {
  it('counts products, lead time, and what is new', async () => {
    const first = await live('orders', 2 * HOUR);
    pass(10 * DAY);
    await live('visits', 4 * HOUR);
    await live('goods', 6 * HOUR);
    expect(await figure('data_product_count', '7d')).toEqual({ value: 3, previous: 1, sample: 3 });
    expect(await figure('lead_time')).toEqual({ value: 4, previous: null, sample: 3 });
    expect(await figure('innovation_rate', '7d')).toEqual({ value: 2, previous: 1, sample: 2 });
    expect((await rowsOf('innovation_rate')).map((row) => row.label)).toEqual(
      Array(3).fill('New product'),
    );

    const { runId } = await retireProduct(first.ctx, {
      productId: first.productId,
      confirm: first.address,
    });
    await retireRun(inline, deps, runId);
    expect((await figure('data_product_count', '7d')).value).toBe(2);
    const { points } = await getMetric(viewer, 'data_product_count', {
      domain: domain.name,
      range: '30d',
    });
    const steps = points
      .map((point) => point.value)
      .filter((value, at, all) => value !== all[at - 1]);
    expect(steps).toEqual([0, 1, 2]);
  });

  it('measures loads, quality, incidents and failed changes', async () => {
    const product = await live('orders');
    await load(product, 1000);
    await load(product, 5000);
    await load(product, 3000);
    expect(await figure('processing_latency')).toEqual({ value: 3000, previous: null, sample: 3 });
    // Two rules of completeness, 100 and 66.67, and one of uniqueness.
    const quality = await figure('data_quality_score');
    expect(quality.value).toBeCloseTo((83.34 + 100) / 2, 2);

    expect(await figure('time_to_restore')).toEqual({ value: null, previous: null, sample: 0 });
    pass(HOUR);
    const { ruleId } = await addRule(product.ctx, {
      ...{ productId: product.productId, name: 'many', check: 'row_count', config: { min: 100 } },
    });
    await checkServed(deps, product.productId);
    pass(3 * HOUR);
    await switchRule(product.ctx, { ruleId, isEnabled: false });
    expect(await figure('time_to_restore')).toEqual({ value: 3, previous: null, sample: 1 });
    // Three releases are the least that a share is computed of.
    expect((await figure('change_failure_rate')).value).toBeNull();
    const back = await live('visits');
    await load(back, 1000);
    pass(HOUR);
    await rollBack(back.ctx, { productId: back.productId, reason: 'Wrong rows' });
    await live('goods');
    const failed = await figure('change_failure_rate');
    expect(failed.sample).toBe(3);
    expect(failed.value).toBeCloseTo(200 / 3, 6);
    expect((await rowsOf('change_failure_rate')).map((row) => row.label.split(': ')[1])).toEqual([
      'held',
      'rolled back',
      'an incident opened',
    ]);
  });
});

describe('how products are used', () => {
  it('counts reads, bytes and people, and compares with the period before', async () => {
    const product = await live('orders');
    const second = await ctxOf(await makeUser());
    await read(product.productId, viewer);
    await read(product.productId, viewer);
    expect((await figure('data_usage_increase', '7d')).value).toBeNull();
    pass(7 * DAY);
    await read(product.productId, second);
    await read(product.productId, viewer, { rows: 30 });
    await read(product.productId, product.ctx);
    await read(product.productId, second, { status: 403, rows: 0 });
    expect(await figure('data_reads', '7d')).toEqual({ value: 3, previous: 2, sample: 3 });
    expect(await figure('data_bytes_served', '7d')).toMatchObject({ value: 5000, previous: 2000 });
    expect(await figure('data_consumers', '7d')).toMatchObject({ value: 2, previous: 1 });
    expect((await figure('data_usage_increase', '7d')).value).toBeCloseTo(50, 6);
    const { points } = await getMetric(viewer, 'data_reads', { domain: domain.name, range: '7d' });
    expect(points.map((point) => point.value)).toEqual([0, 0, 0, 0, 0, 0, 3]);
  });

  it('measures from the question to the row, and what people think', async () => {
    const product = await live('orders');
    for (const waited of [4, 6, 20]) {
      const person = await ctxOf(await makeUser());
      const { items } = await requestAccess(person, {
        ...{
          productIds: [product.productId],
          purpose: 'analytics',
          note: 'A forecast of orders',
          days: 30,
        },
      });
      pass((waited / 2) * HOUR);
      await decideItem(product.ctx, { itemId: items[0]!.itemId, decision: 'approve' });
      pass((waited / 2) * HOUR);
      expect((await figure('time_to_insight')).value).toBeNull();
      await read(product.productId, person);
      await db().grant.create({
        data: {
          ...{ id: newId(), productId: product.productId, purpose: 'analytics' },
          ...{ subjectId: (person.actor as { id: string }).id, grantedById: product.ownerId },
        },
      });
      await writeReview(person, { productId: product.productId, stars: waited === 6 ? 2 : 5 });
    }
    expect(await figure('time_to_insight')).toEqual({ value: 6, previous: null, sample: 3 });
    expect(await figure('time_to_approve_access')).toEqual({ value: 3, previous: null, sample: 3 });
    expect(await figure('user_satisfaction')).toEqual({ value: 4, previous: null, sample: 3 });
    // One product, and three are the least.
    expect(await figure('draft_to_first_use')).toEqual({ value: null, previous: null, sample: 1 });
    for (const name of ['visits', 'goods']) {
      const other = await live(name, HOUR);
      pass(HOUR);
      await read(other.productId, viewer);
    }
    // Two hours of the wizard and four of waiting; one and one; one and one.
    expect(await figure('draft_to_first_use')).toEqual({ value: 2, previous: null, sample: 3 });
    // Who reads in a role of the domain is no outsider, also when they have left it.
    const insider = await makeMember(domain.id, 'data_producer');
    const other = await live('stock');
    await read(other.productId, await ctxOf(insider));
    await db().membership.deleteMany({ where: { userId: insider.id } });
    expect((await figure('draft_to_first_use')).sample).toBe(3);
    pass(9 * HOUR);
    await read(other.productId, await ctxOf(insider));
    await read(other.productId, viewer);
    expect(await figure('draft_to_first_use')).toEqual({ value: 4, previous: null, sample: 4 });
    const { rows } = await metricRows(viewer, 'draft_to_first_use');
    expect(rows.find(({ address }) => address === other.address)?.num).toBe(2 + 9);
  });
});
