import { afterEach, expect, it } from 'vitest';
import { db, listen } from '@/lib/core';
import { getCampaign, makeCampaign } from '@/lib/insight';
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

it('a worker that is killed while it counts a campaign is followed by another, and it begins once', async () => {
  const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  const [domain, owner] = [await makeDomain({ name: 'sales' }), await makeUser()];
  for (const name of ['orders', 'goods'])
    await makeProduct({ domainId: domain.id, ownerId: owner.id, name });
  const goal = { kind: 'level' as const, level: 1 };
  const deadline = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const { campaignId } = await makeCampaign(steward, { title: 'Be seen', goal, deadline });
  const find = () => db().campaignCount.findFirstOrThrow({ where: { campaignId } });

  const ended = Promise.withResolvers<void>();
  const stop = await listen('portolan_run', () => {
    void find().then(({ status }) => status === 'succeeded' && ended.resolve(), ended.reject);
  });
  const first = start({ id: 'campaign-1', pauseAt: 'campaign:recorded', deadAfterMs: 1500 });
  await first.paused;
  await first.kill();
  expect(await find()).toMatchObject({ status: 'queued', done: 0 });
  expect(await getCampaign(steward, campaignId)).toMatchObject({ status: 'beginning' });
  start({ id: 'campaign-2', deadAfterMs: 1500 });
  start({ id: 'campaign-3', deadAfterMs: 1500 });
  await ended.promise;
  stop();
  expect(await getCampaign(steward, campaignId)).toMatchObject({
    ...{ status: 'open', reached: 0, products: 2 },
    counting: { looked: { done: 2, products: 2 }, isUnderWay: false, failure: null },
  });
  expect(await db().campaignEvent.count({ where: { campaignId } })).toBe(2);
  const told = { userId: owner.id, kind: 'campaign.started' };
  expect(await db().notification.count({ where: told })).toBe(1);
});
