import { audit } from '@/lib/audit';
import { db, env, now, pool, systemCtx, transact } from '@/lib/core';

/**
 * Makes the partitions of this month and the next three, whichever process asks.
 * @returns how many were made now
 */
export async function prepareUsageMonths(): Promise<number> {
  const { rows } = await pool().query<{ made: number }>('select usage_prepare_months() as made');
  return rows[0]?.made ?? 0;
}

/** The first instant of the month so many months ago. */
function monthsAgo(months: number): Date {
  const at = now();
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, 1));
}

/**
 * Drops the months of events that are older than they are kept for, each at once. What was added up from them stays.
 * @returns the months, as `2026-01`; `late` stands for events that came in after their month was gone
 */
export async function dropOldUsage(): Promise<string[]> {
  const before = monthsAgo(env().PORTOLAN_USAGE_MONTHS);
  return transact(async (tx) => {
    const [row] = await tx.$queryRaw<{ gone: string[] }[]>`
      select usage_drop_months(${before}) as gone`;
    const gone = row?.gone ?? [];
    if (gone.length > 0) {
      const detail = { months: gone, before: before.toISOString() };
      audit(tx, systemCtx('usage'), { action: 'usage.expire', detail });
    }
    return gone;
  });
}

/**
 * Forgets who read which product on the days of months that are older than that is kept for, a month at a time. How much
 * was read stays, and so do the events, for as long as they are kept. What comes in late for such a month, or is counted again
 * of it, goes in the next round. @returns the months, as `2026-01`
 */
export async function forgetReaders(): Promise<string[]> {
  const before = monthsAgo(env().PORTOLAN_READER_MONTHS);
  const months = await db().$queryRaw<{ month: Date; next: Date }[]>`
    select distinct date_trunc('month', r.day, 'UTC') as month, date_trunc('month', r.day, 'UTC') + interval '1 month' as next
    from usage_reader_day r where r.day < ${before} order by 1`;
  for (const { month, next } of months) {
    await transact(async (tx) => {
      const [row] = await tx.$queryRaw<{ gone: bigint }[]>`
        select usage_forget_readers(${month}, ${next}) as gone`;
      const detail = { month: monthOf(month), rows: Number(row?.gone ?? 0) };
      audit(tx, systemCtx('usage'), { action: 'usage.forget', detail });
    });
  }
  return months.map(({ month }) => monthOf(month));
}
const monthOf = (at: Date) => at.toISOString().slice(0, 7);
