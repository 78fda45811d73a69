import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { decideItem, requestAccess } from '@/lib/access';
import { type Ctx, db, setEnv, startHeartbeat, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { buildServer } from '@/lib/http/server';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { startWorkerProcess, type WorkerProcess } from './testing/worker-process';

useTestDatabase();
let app: FastifyInstance;
let stopWeb: () => Promise<void>;
let owner: Ctx;
let domainId: string;
const running: WorkerProcess[] = [];

beforeAll(async () => {
  await seedPolicies(systemCtx('test'));
  domainId = (await makeDomain({ name: 'sales' })).id;
  owner = await ctxOf(await makeMember(domainId, 'data_admin'));
  app = await buildServer();
  setEnv({ PORTOLAN_URL: await app.listen({ port: 0, host: '127.0.0.1' }) });
  stopWeb = await startHeartbeat('web');
});
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.kill();
});
afterAll(async () => {
  await stopWeb();
  await app.close();
  await closeLake();
});

function start(options: Parameters<typeof startWorkerProcess>[0]): WorkerProcess {
  const worker = startWorkerProcess(options);
  running.push(worker);
  return worker;
}

it.each(['written', 'probed'])(
  'a worker that is killed when the grant is %s leaves one grant, which another checks and says Active',
  async (instant) => {
    const first = start({ id: `access-1-${instant}`, pauseAt: `access:${instant}` });
    await first.ready;
    const ownerId = owner.actor.type === 'user' ? owner.actor.id : '';
    const { product } = await makeLiveProduct({
      ...{ domainId, ownerId, name: instant, classification: 'confidential' },
      ...{ fields: [{ name: 'id', type: 'long' }], sql: 'select 1 as id' },
    });
    const asked = { productIds: [product.id], purpose: 'analytics', days: 7, note: 'A study' };
    const { items } = await requestAccess(await ctxOf(await makeUser()), asked);
    const { itemId } = items[0]!;
    await decideItem(owner, { decision: 'approve', itemId });
    await first.paused;
    const item = () => db().accessRequestItem.findUniqueOrThrow({ where: { id: itemId } });
    expect((await item()).status).toBe('granting');
    await first.kill();
    await start({ id: `access-2-${instant}`, deadAfterMs: 1000 }).ready;
    await expect.poll(async () => (await item()).status, { timeout: 40_000 }).toBe('active');
    const grants = await db().grant.findMany({
      where: { productId: product.id },
      include: { events: { orderBy: { at: 'asc' } } },
    });
    expect(grants.map((grant) => grant.events.map((one) => one.kind))).toEqual([
      ['granted', 'checked'],
    ]);
  },
  90_000,
);
