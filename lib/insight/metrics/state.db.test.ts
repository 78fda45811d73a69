import { beforeAll, beforeEach, expect, it } from 'vitest';
import { runMonitor, runMonitorNow } from '@/lib/compliance';
import { type Ctx, db, newId, setClock, systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { addSnapshot, makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { seedMesh } from '@/lib/runtime/testing/product-draft';
import { makePromisedProduct } from '@/lib/runtime/testing/promised-product';
import { measureDue } from '@/lib/slo';
import { getMetric } from '..';

useTestDatabase();
const START = Date.UTC(2027, 0, 4, 10, 0, 0);
const MINUTE = 60_000;
let clock = START;
let domain: { id: string; name: string };
let ownerId: string;
let viewer: Ctx;
beforeAll(seedMesh);
beforeEach(async () => {
  clock = START;
  setClock(() => clock);
  domain = await makeDomain();
  ownerId = (await makeMember(domain.id, 'data_producer')).id;
  viewer = await ctxOf(await makeUser());
});
const figure = async (id: string) => {
  const { value, sample } = await getMetric(viewer, id, { domain: domain.name, range: '7d' });
  return { value, sample };
};

it('availability and error budget weigh every measured minute the same', async () => {
  const { id: productId } = await makePromisedProduct({
    ...{ domainId: domain.id, ownerId, slo: { availability: '99%' }, snapshotAt: new Date(START) },
  });
  await measureDue();
  const minute = (at: number) => new Date(START + at * MINUTE);
  await db().webMinute.createMany({
    data: Array.from({ length: 71 }, (_, at) => ({ minute: minute(at) })),
  });
  const event = (at: number, status: number) => ({
    ...{ id: newId(), at: minute(at), productId, shape: 'rows', format: 'json', status },
    ...{ rowCount: 1, sizeBytes: 1, latencyMs: 5 },
  });
  // One read a minute; in the sixth, a second one that fails.
  await db().usageEvent.createMany({
    data: [...Array.from({ length: 60 }, (_, at) => event(at, 200)), event(5, 500)],
  });
  clock = START + 30 * MINUTE + 30_000;
  await measureDue();
  expect(await figure('api_availability')).toEqual({ value: null, sample: 0 });
  clock = START + 70 * MINUTE + 30_000;
  await measureDue();
  const { value, sample } = await figure('api_availability');
  expect(sample).toBe(60);
  expect(value).toBeCloseTo((59.5 / 60) * 100, 9);
  // A hundredth of the minutes may be bad: 0.6, of which 0.5 were.
  expect((await figure('error_budget_left')).value).toBeCloseTo((0.1 / 0.6) * 100, 6);
});

it('compliance is the share of products with nothing open, on every day', async () => {
  expect(await figure('policy_compliance')).toEqual({ value: null, sample: 0 });
  const product = async (classification: string) => {
    const { product: made } = await makeLiveProduct({
      ...{ domainId: domain.id, ownerId, classification, name: `${classification}-orders` },
      fields: [{ name: 'id', type: 'long' }],
      sql: 'SELECT 1 AS id',
    });
    const release = { productId: made.id, number: 1, version: '1.0.0', descriptor: {}, etl: {} };
    await db().release.create({
      data: { id: newId(), runId: newId(), ...release, createdAt: new Date(clock) },
    });
    return made;
  };
  const look = async (productId: string) => {
    const { runId } = await runMonitorNow(systemCtx('test'), { rule: 'encryption', productId });
    await runMonitor(runId, async () => {});
  };
  const DAY = 1440 * MINUTE;
  await product('public');
  clock += DAY;
  const open = await product('restricted');
  expect(await figure('policy_compliance')).toEqual({ value: 100, sample: 2 });
  clock += DAY;
  await look(open.id);
  expect(await figure('policy_compliance')).toEqual({ value: 50, sample: 2 });
  clock += DAY;
  await product('internal');
  clock += DAY;
  // Found again: nothing changes.
  await look(open.id);
  clock += DAY;
  await db().product.update({ where: { id: open.id }, data: { classification: 'public' } });
  await look(open.id);
  expect(await figure('policy_compliance')).toEqual({ value: 100, sample: 3 });
  clock += DAY;
  await db().product.update({
    where: { id: open.id },
    data: { status: 'retired', retiredAt: new Date(clock) },
  });
  const { points, previous, sample } = await getMetric(viewer, 'policy_compliance', {
    ...{ domain: domain.name, range: '7d' },
  });
  const shares = points.map(({ value }) => value && Number(value.toFixed(6)));
  expect(shares).toEqual([100, 100, 50, 66.666667, 66.666667, 100, 100]);
  expect([previous, sample]).toEqual([null, 2]);
  clock += 7 * DAY;
  const later = await getMetric(viewer, 'policy_compliance', { domain: domain.name, range: '7d' });
  expect([later.value, later.previous]).toEqual([100, 100]);
});

it('storage efficiency is what is served of what is kept', async () => {
  const fields = [{ name: 'id', type: 'long' as const }];
  const { product, snapshot } = await makeLiveProduct({
    ...{ domainId: domain.id, ownerId, fields },
    sql: 'SELECT range AS id FROM range(1000)',
  });
  expect(await figure('storage_efficiency')).toEqual({ value: 100, sample: 1 });
  const next = await addSnapshot({ productId: product.id, fields, sql: 'SELECT 1 AS id' });
  const [old, served] = [Number(snapshot.sizeBytes), Number(next.sizeBytes)];
  const { value, sample } = await figure('storage_efficiency');
  expect(sample).toBe(2);
  expect(value).toBeCloseTo((served / (old + served)) * 100, 9);
});
