import { randomUUID } from 'node:crypto';
import { type Tx, transact } from '@/lib/core';
import { removeOldBallots } from './answer';
import { today } from './day';
import { LEAST_ANSWERS } from './least';

/**
 * Shows anonymous answers of finished days once there are enough of them, all at once. They are written anew, under new
 * random names, in random order, on one day, in one transaction: neither an id, nor a day, nor the order in the table or
 * its transactions says when one was given; and whatever two periods are held against each other, they differ by whole
 * groups. @returns how many
 */
export async function releaseAnswers(): Promise<number> {
  return transact(async (tx) => {
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('survey:release', 0))::text`;
    await removeOldBallots(tx);
    return release(tx);
  });
}

async function release(tx: Tx): Promise<number> {
  const where = { userId: null, releasedOn: null, day: { lt: today() } };
  if ((await tx.surveyAnswer.count({ where })) < LEAST_ANSWERS) return 0;
  const waiting = await tx.surveyAnswer.findMany({ where });
  const day = new Date(Math.max(...waiting.map((one) => one.day.getTime())));
  await tx.surveyAnswer.deleteMany({ where: { id: { in: waiting.map(({ id }) => id) } } });
  await tx.surveyAnswer.createMany({
    data: waiting
      .map(({ score, comment }) => ({ id: randomUUID(), score, comment, day, releasedOn: today() }))
      .sort((a, b) => a.id.localeCompare(b.id)),
  });
  return waiting.length;
}
