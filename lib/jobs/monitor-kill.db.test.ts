import { afterEach, beforeAll, expect, it } from 'vitest';
import { receivePrivacyRequest } from '@/lib/compliance';
import { db, enqueueCheck, listen, systemCtx, transact } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { startWorkerProcess, type WorkerProcess } from './testing/worker-process';

useTestDatabase();
let productId: string;
let ownerId: string;
beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('seed'));
  ownerId = (await makeMember(domain.id, 'data_producer')).id;
  const { product } = await makeLiveProduct({
    domainId: domain.id,
    ownerId,
    fields: [{ name: 'id', type: 'long' }],
    sql: 'SELECT 1 AS id',
  });
  productId = product.id;
});

const running: WorkerProcess[] = [];
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.kill();
});
function start(options: Parameters<typeof startWorkerProcess>[0]): WorkerProcess {
  const worker = startWorkerProcess(options);
  running.push(worker);
  return worker;
}

/** Waits, by notification, until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  let look: () => void = () => {};
  const done = new Promise<void>((resolve, reject) => {
    look = () =>
      void isSo()
        .then((yes) => yes && resolve())
        .catch(reject);
  });
  const stop = await listen('portolan_run', () => look());
  look();
  await done;
  stop();
}
const scheduledHaveEnded = (count: number) =>
  until(async () => {
    const where = { trigger: 'schedule', status: 'succeeded' };
    return (await db().monitorRun.count({ where })) >= count;
  });

it('a worker that is killed in the middle of a round is followed by another; nothing is opened, counted or told twice', async () => {
  const first = start({ id: 'monitor-1', pauseAt: 'monitor:recorded', deadAfterMs: 1500 });
  await first.paused;
  await first.kill();
  const left = await db().monitorRun.findMany({ where: { status: { not: 'succeeded' } } });
  expect(left.length).toBeGreaterThan(0);
  start({ id: 'monitor-2', deadAfterMs: 1500 });
  start({ id: 'monitor-3', deadAfterMs: 1500 });
  await scheduledHaveEnded(7);
  const runs = await db().monitorRun.findMany({ where: { trigger: 'schedule' } });
  expect(runs.map((run) => run.rule).sort()).toEqual([
    'access_control',
    'classification_drift',
    'data_quality',
    'data_retention',
    'encryption',
    'ownership',
    'validation',
  ]);
  expect(runs.map((run) => run.checked)).toEqual(Array(7).fill(1));
  const found = await db().violation.findMany({ where: { productId } });
  const keys = found.map((one) => one.dedupeKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toContain(`encryption:${productId}:files`);
  expect(found.map((one) => one.occurrences)).toEqual(Array(found.length).fill(1));
  const opened = await db().violationEvent.count({ where: { kind: 'opened' } });
  expect(opened).toBe(found.length);
  const told = await db().notification.count({
    where: { userId: ownerId, kind: 'violation.opened' },
  });
  expect(told).toBe(found.length);
  const counted = runs.reduce((sum, run) => sum + run.opened, 0);
  expect(counted).toBe(found.length);
}, 60_000);

it('what a person asked for does not wait behind the monitor', async () => {
  await transact((tx) => enqueueCheck(tx, productId));
  const worker = start({ id: 'monitor-4', pauseAt: 'monitor:recorded' });
  await worker.paused;
  const { requestId } = await receivePrivacyRequest(systemCtx('test'), {
    regulation: 'gdpr',
    kind: 'access',
    identifier: 'nobody@example.com',
  });
  await until(async () => {
    const found = await db().privacyRequest.findUniqueOrThrow({ where: { id: requestId } });
    return found.status !== 'searching';
  });
}, 30_000);
