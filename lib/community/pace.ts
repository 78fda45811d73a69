import { AppError, now, type Tx } from '@/lib/core';

/** Texts that one person writes in an hour, of all kinds together. */
export const HOURLY = 30;
const HOUR_MS = 3_600_000;

/**
 * Keeps one person from flooding: counted from what they wrote, under a lock, so that many at once do not slip
 * through. @throws AppError rate_limited with `retryAfterS`
 */
export async function requirePace(tx: Tx, userId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`community:${userId}`}, 0))::text`;
  const since = new Date(now().getTime() - HOUR_MS);
  const [row] = await tx.$queryRaw<{ count: number; first: Date | null }[]>`
    select count(*)::int as count, min(at) as first from (
      select at from review_version where "authorId" = ${userId} and at > ${since}
      union all select "createdAt" from question where "authorId" = ${userId} and "createdAt" > ${since}
      union all select "createdAt" from answer where "authorId" = ${userId} and "createdAt" > ${since}
      union all select "createdAt" from announcement where "authorId" = ${userId} and "createdAt" > ${since}
      union all select "createdAt" from content_report where "reporterId" = ${userId} and "createdAt" > ${since}) t`;
  if (!row?.first || row.count < HOURLY) return;
  const retryAfterS = Math.ceil((row.first.getTime() + HOUR_MS - now().getTime()) / 1000);
  const minutes = Math.max(1, Math.ceil(retryAfterS / 60));
  throw new AppError(
    'rate_limited',
    `You wrote ${HOURLY} texts within an hour. Go on in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    { retryAfterS },
  );
}
