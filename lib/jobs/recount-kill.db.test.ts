import { afterEach, expect, it } from 'vitest';
import { db, listen, pool } from '@/lib/core';
import { requestRecount } from '@/lib/insight';
import { fromEvents, fromRollUps, writeBesideEachOther } from '@/lib/insight/testing/usage-events';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { startWorkerProcess, type WorkerProcess } from './testing/worker-process';

useTestDatabase();
const running: WorkerProcess[] = [];
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.kill();
});
function start(options: Parameters<typeof startWorkerProcess>[0]): WorkerProcess {
  const worker = startWorkerProcess(options);
  running.push(worker);
  return worker;
}

it('a worker that is killed in the middle of a day counted again is followed by another, while reads go on: totals exact', async () => {
  const person = await makeUser({ platformRoles: ['platform_admin'] });
  const domain = await makeDomain({ name: 'sales' });
  const product = await makeProduct({ domainId: domain.id, ownerId: person.id });
  await writeBesideEachOther([product.id]);
  await pool().query('update usage_day set reads = reads + 1; delete from usage_domain_day');
  const spoiled = await fromRollUps();
  const days = { from: '2026-03-02', to: '2026-03-03' };
  const { recountId } = await requestRecount(await ctxOf(person), days);
  const find = () => db().usageRecount.findUniqueOrThrow({ where: { id: recountId } });

  const ended = Promise.withResolvers<void>();
  const stop = await listen('portolan_run', () => {
    void find().then(({ status }) => status === 'succeeded' && ended.resolve(), ended.reject);
  });
  const first = start({ id: 'recount-1', pauseAt: 'recount:counted', deadAfterMs: 1500 });
  await first.paused;
  await first.kill();
  expect(await fromRollUps()).toEqual(spoiled);
  expect(await find()).toMatchObject({ status: 'queued', nextDay: new Date('2026-03-02') });
  start({ id: 'recount-2', deadAfterMs: 1500 });
  start({ id: 'recount-3', deadAfterMs: 1500 });
  await Promise.all([ended.promise, writeBesideEachOther([product.id])]);
  stop();
  expect(await fromRollUps()).toEqual(await fromEvents());
});
