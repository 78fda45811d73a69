import { db, now } from '@/lib/core';

/** How long events are kept, and jobs of which nobody tells any more. */
export const EVENT_DAYS = 30;
export const JOB_DAYS = 90;
const DAY_MS = 86_400_000;

/** Removes events that are over, and jobs that were silent for long, with what they read and wrote. */
export async function removeOldLineage(): Promise<void> {
  const before = (days: number) => new Date(now().getTime() - days * DAY_MS);
  await db().externalEvent.deleteMany({ where: { heardAt: { lt: before(EVENT_DAYS) } } });
  await db().externalJob.deleteMany({ where: { heardAt: { lt: before(JOB_DAYS) } } });
}
