import { afterEach, beforeAll, expect, it } from 'vitest';
import { db, newId, pool } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makePromisedProduct } from '@/lib/runtime/testing/promised-product';
import { measureDue } from '@/lib/slo';
import { startWorkerProcess, type WorkerProcess } from './testing/worker-process';

useTestDatabase();
const MINUTE = 60_000;
/** An hour and a half before the minute that is now. */
const START = Math.floor(Date.now() / MINUTE) * MINUTE - 90 * MINUTE;
const at = (minute: number) => new Date(START + minute * MINUTE);
let productId: string;

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  const owner = await makeMember(domain.id, 'data_producer');
  const slo = { availability: '99.9%', freshness: '< 1 hour' };
  const who = { domainId: domain.id, ownerId: owner.id };
  productId = (await makePromisedProduct({ ...who, slo, snapshotAt: at(0) })).id;
  await measureDue();
  // As if time had been measured up to then, and nobody had worked since.
  await db().sloObjective.updateMany({ data: { since: at(0) } });
  await db().sloClock.updateMany({ data: { measuredThrough: at(0), rolledThrough: at(0) } });
  await db().webMinute.createMany({
    data: Array.from({ length: 90 }, (_, index) => ({ minute: at(index) })),
    skipDuplicates: true,
  });
  await db().usageEvent.createMany({
    data: Array.from({ length: 900 }, (_, index) => ({
      ...{ id: newId(), productId, at: new Date(at(0).getTime() + index * 6000) },
      ...{ shape: 'rows', format: 'json', status: index % 30 === 0 ? 500 : 200 },
      ...{ rowCount: 1, sizeBytes: 1, latencyMs: 5 },
    })),
  });
});

const running: WorkerProcess[] = [];
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.kill();
});

const measured = async () => {
  const { rows } = await pool().query<{ minutes: number; good: number; total: number }>(
    `select count(*)::int as minutes, sum(m.good)::int as good, sum(m.total)::int as total
     from slo_measurement m join slo_objective o on o.id = m."objectiveId"
     where o.kind = 'availability' and m.minute < $1`,
    [at(90)],
  );
  return rows[0];
};

it('a worker that is killed between minutes leaves whole steps; others go on from there and count each once', async () => {
  const first = startWorkerProcess({ id: 'slo-1', pauseAt: 'slo:measured' });
  running.push(first);
  await first.paused;
  // It stands before its commit: it has the clock, and nothing of it is seen.
  expect(await measureDue()).toBe(0);
  await first.kill();
  // The database notices that its worker is gone and gives the clock back.
  await pool().query('select 1 from slo_clock for update');
  expect(await db().sloClock.findFirst()).toMatchObject({ measuredThrough: at(0) });
  expect(await measured()).toMatchObject({ minutes: 0 });
  const counts = await Promise.all([measureDue(), measureDue(), measureDue()]);
  while ((await db().sloClock.findFirstOrThrow()).measuredThrough < at(90))
    counts.push(await measureDue());
  const through = (await db().sloClock.findFirstOrThrow()).measuredThrough;
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe((through.getTime() - START) / MINUTE);
  expect(await measured()).toEqual({ minutes: 90, good: 870, total: 900 });
  const freshness = await db().sloMeasurement.count({
    where: { minute: { lt: at(90) }, source: 'state' },
  });
  expect(freshness).toBe(90);
  const hours = await db().sloHour.findMany({ where: { hour: { lt: at(60) } } });
  expect(new Set(hours.map((one) => `${one.objectiveId} ${one.hour.getTime()}`)).size).toBe(
    hours.length,
  );
}, 60_000);
