import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { deliverDue } from '@/lib/alerts';
import { db, now, setEnv } from '@/lib/core';
import { sendFigures, subscribe } from '@/lib/insight';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import { type MailServer, startMailServer } from '@/lib/runtime/testing/mail-server';
import { startWorkerProcess, type WorkerProcess } from './testing/worker-process';

useTestDatabase();
const running: WorkerProcess[] = [];
let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
  setEnv({ PORTOLAN_SMTP_URL: server.url });
});
afterEach(async () => {
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
