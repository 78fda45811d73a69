import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { deliverDue } from '@/lib/alerts';
import { db, now, setClock, setEnv } from '@/lib/core';
import { sendFigures, subscribe } from '@/lib/insight';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import { type MailServer, startMailServer } from '@/lib/runtime/testing/mail-server';
import { startWorkerProcess, type WorkerProcess } from './testing/worker-process';

useTestDatabase();
const running: WorkerProcess[] = [];
let server: MailServer;
/** What happens once the server has a message, before it says so. */
let onTaken: () => Promise<unknown> = async () => undefined;
beforeAll(async () => {
  server = await startMailServer(async () => void (await onTaken()));
  setEnv({ PORTOLAN_SMTP_URL: server.url });
});
beforeEach(async () => {
  server.mails.length = 0;
  await db().insightDigest.deleteMany();
  await db().alertDelivery.deleteMany();
});
afterEach(async () => {
  setClock(undefined);
  onTaken = async () => undefined;
  for (const worker of running.splice(0)) await worker.kill();
});
afterAll(async () => {
  setEnv({ PORTOLAN_SMTP_URL: '' });
  await server.stop();
});

it('a worker that is killed before its commit leaves the period to the others, who send one message', async () => {
  const user = await makeUser();
  const when = { every: 'week', day: 1, hour: 8, timeZone: 'Europe/Lisbon' } as const;
  await subscribe(await ctxOf(user), when);
  const due = new Date(now().getTime() - 60_000);
  await db().insightDigest.updateMany({ data: { nextAt: due } });
  const first = startWorkerProcess({ id: 'digest-1', pauseAt: 'digest:queued' });
  running.push(first);
  await first.paused;
  // It has written both rows, and nothing of them is seen; who comes meanwhile waits for its end.
  expect(await db().alertDelivery.count()).toBe(0);
  const meanwhile = Promise.all([sendFigures(), sendFigures()]);
  await first.kill();
  const counts = [...(await meanwhile), await sendFigures()];
  expect(counts.reduce((sum, one) => sum + one, 0)).toBe(1);
  await Promise.all([deliverDue(), deliverDue()]);
  expect(server.mails.map(({ rcpt, subject }) => [rcpt, subject])).toEqual([
    [[user.email], 'Insight of the mesh'],
  ]);
  const digest = await db().insightDigest.findFirstOrThrow();
  expect(digest.nextAt.getTime()).toBeGreaterThan(Date.now());
  // A second worker, alive, finds nothing more to do.
  const second = startWorkerProcess({ id: 'digest-2' });
  running.push(second);
  await second.ready;
  expect(await sendFigures()).toBe(0);
  expect(server.mails).toHaveLength(1);
}, 60_000);

it('a worker that is killed when the mail server has the message is followed by one more of the same id, and then by none', async () => {
  const when = { every: 'week', day: 1, hour: 8, timeZone: 'Europe/Lisbon' } as const;
  await subscribe(await ctxOf(await makeUser()), when);
  await db().insightDigest.updateMany({ data: { nextAt: new Date(now().getTime() - 60_000) } });
  expect(await sendFigures()).toBe(1);
  const worker = startWorkerProcess({ id: 'digest-3' });
  running.push(worker);
  const taken = Promise.withResolvers<void>();
  onTaken = () => worker.kill().then(() => taken.resolve(), taken.reject);
  await taken.promise;
  const delivery = () => db().alertDelivery.findFirstOrThrow();
  expect(await delivery()).toMatchObject({ status: 'queued', attempts: 1, deliveredAt: null });
  onTaken = async () => undefined;
  // Its claim holds for a minute: nobody sends beside it.
  expect(await deliverDue()).toBe(0);
  setClock(() => Date.now() + 61_000);
  const tried = await Promise.all([deliverDue(), deliverDue()]);
  expect(tried.reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(await delivery()).toMatchObject({ status: 'delivered', attempts: 2 });
  setClock(() => Date.now() + 600_000);
  expect(await deliverDue()).toBe(0);
  const ids = server.mails.map(({ messageId }) => messageId);
  expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
}, 60_000);
