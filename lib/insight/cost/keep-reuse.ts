import { now, transact } from '@/lib/core';
import { REUSE_DAYS } from '../metrics/reuse';

const DAY_MS = 86_400_000;

/**
 * Keeps which domains' members read which product on the days before today that count, so that reads of today alone are looked
 * through. Days and memberships that somebody is changing are left for the next round. @returns whether it was worked out
 */
export function keepReuse(): Promise<boolean> {
  const day = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS);
  const since = new Date(day.getTime() - (REUSE_DAYS - 1) * DAY_MS);
  return transact(async (tx) => {
    const [held] = await tx.$queryRaw<{ isFree: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended('reuse', 0)) and not exists (select from reuse_kept where day = ${day})
        and bool_and(pg_try_advisory_xact_lock(usage_past_lock(d))) as "isFree"
      from generate_series(${since}::timestamptz, ${day}::timestamptz - interval '24 hours', interval '24 hours') d`;
    if (!held?.isFree) return false;
    await tx.reuseKept.deleteMany();
    await tx.reuseKept.create({ data: { day } });
    await tx.$executeRaw`insert into reuse_set
      select ${day}, "productId", array_agg("domainId") from reuse_pairs(${since}, ${day}) group by 2`;
    return true;
  });
}
