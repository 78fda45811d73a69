import { audit } from '@/lib/audit';
import { env, now, pool, systemCtx, transact } from '@/lib/core';

/**
 * Makes the partitions of this month and the next three, whichever process asks.
 * @returns how many were made now
 */
export async function prepareUsageMonths(): Promise<number> {
  const { rows } = await pool().query<{ made: number }>('select usage_prepare_months() as made');
  return rows[0]?.made ?? 0;
}

/**
 * Drops the months of events that are older than they are kept for, each at once. What was added up from them stays.
 * @returns the months, as `2026-01`; `late` stands for events that came in after their month was gone
 */
export async function dropOldUsage(): Promise<string[]> {
  const at = now();
  const before = new Date(
    Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - env().PORTOLAN_USAGE_MONTHS, 1),
  );
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
