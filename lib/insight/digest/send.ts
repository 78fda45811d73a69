import { createHash } from 'node:crypto';
import { queueMail } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { ctxForUser } from '@/lib/auth';
import { type Ctx, db, isAppError, log, now, type Prisma, systemCtx, transact } from '@/lib/core';
import { PLACE, placeOf } from '../place';
import { digestMail } from './mail';
import { nextAt, type When } from './when';

const BATCH = 50;
type Due = Prisma.InsightDigestGetPayload<{ include: typeof PLACE }>;

/**
 * Puts the figures that are due on their way. The message and the step to the next period commit together, and only for
 * who takes the step: one message a period, whatever number of workers look and whenever one of them dies. Periods in which
 * no worker lived are left out. @returns how many were queued
 */
export async function sendFigures(
  checkpoint: (name: string) => Promise<void> = async () => {},
): Promise<number> {
  const due = await db().insightDigest.findMany({
    where: { nextAt: { lte: now() }, stoppedFor: null },
    orderBy: { nextAt: 'asc' },
    take: BATCH,
    include: PLACE,
  });
  let count = 0;
  for (const digest of due) {
    try {
      if (await sendOne(digest, checkpoint)) count += 1;
    } catch (error) {
      // One that cannot be computed now waits; the others do not wait for it.
      log().warn({ err: error, digestId: digest.id }, 'figures could not be sent');
    }
  }
  return count;
}

async function sendOne(digest: Due, checkpoint: (name: string) => Promise<void>): Promise<boolean> {
  const { id, userId } = digest;
  const every = digest.every as When['every'];
  const written = await write(userId, (ctx) => digestMail(ctx, every, placeOf(digest)));
  if (!written) return stop(digest);
  const { subject, ...mail } = written;
  return transact(async (tx) => {
    const mailId = createHash('sha256')
      .update(`${id}:${digest.nextAt.toISOString()}`)
      .digest('hex')
      .slice(0, 32);
    const { count } = await tx.insightDigest.updateMany({
      where: { id, nextAt: digest.nextAt, stoppedFor: null },
      data: { nextAt: nextAt({ ...digest, every }, now()), lastAt: now(), lastMailId: mailId },
    });
    if (count === 0) return false;
    await queueMail(tx, {
      ...{ id: mailId, userId, kind: 'insight.digest', subject },
      mail: { ...mail, settings: '/insight/digests' },
      data: { digestId: id },
    });
    await checkpoint('digest:queued');
    return true;
  });
}

/** Null where the person is gone, or may not find it any more. */
async function write<T>(userId: string, work: (ctx: Ctx) => Promise<T>): Promise<T | null> {
  try {
    return await work(await ctxForUser(userId));
  } catch (error) {
    if (isAppError(error) && (error.code === 'not_found' || error.code === 'forbidden'))
      return null;
    throw error;
  }
}

async function stop({ id, userId, nextAt: due }: Due): Promise<false> {
  await transact(async (tx) => {
    const stoppedFor = 'You may not find it any more.';
    const { count } = await tx.insightDigest.updateMany({
      where: { id, nextAt: due, stoppedFor: null },
      data: { stoppedFor },
    });
    if (count === 0) return;
    audit(tx, systemCtx('insight'), {
      action: 'insight.unsubscribe',
      target: { type: 'digest', id },
      detail: { userId, reason: 'access' },
    });
  });
  return false;
}
