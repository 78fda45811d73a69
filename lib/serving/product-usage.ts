import { type Ctx, db, now } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct } from '@/lib/governance';

export interface UsageDay {
  /** UTC day, `2026-01-31`. */
  day: string;
  reads: number;
  /** Answers with a status of 400 and above; those that the reader left are not counted. */
  failures: number;
  rows: number;
}
export interface ProductUsage {
  days: UsageDay[];
  reads: number;
  /** Different people who read. */
  readers: number;
}

const DAYS = 14;
const DAY_MS = 86_400_000;

/** What was really served in the last 14 UTC days, today included; every day has an entry. */
export async function productUsage(ctx: Ctx, productId: string): Promise<ProductUsage> {
  requireSignedIn(ctx, ['catalog:read']);
  await requireVisibleProduct(ctx, productId);
  const today = new Date(now().toISOString().slice(0, 10));
  const since = new Date(today.getTime() - (DAYS - 1) * DAY_MS);
  const rows = await db().$queryRaw<
    { day: string; reads: number; failures: number; rows: number }[]
  >`
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day,
      (count(*) filter (where status < 400))::int as reads,
      (count(*) filter (where status >= 400 and status <> 499))::int as failures,
      coalesce(sum("rowCount") filter (where status < 400), 0)::float8 as rows
    from usage_event where "productId" = ${productId} and at >= ${since} group by 1`;
  const [total] = await db().$queryRaw<{ readers: number }[]>`
    select count(distinct "actorId")::int as readers from usage_event
    where "productId" = ${productId} and at >= ${since} and status < 400`;
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const days = Array.from({ length: DAYS }, (_, index) => {
    const day = new Date(since.getTime() + index * DAY_MS).toISOString().slice(0, 10);
    return byDay.get(day) ?? { day, reads: 0, failures: 0, rows: 0 };
  });
  return {
    days,
    reads: days.reduce((sum, day) => sum + day.reads, 0),
    readers: total?.readers ?? 0,
  };
}
