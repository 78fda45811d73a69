import { db, Prisma } from '@/lib/core';
import type { Window } from '../metrics/metric';

/** What has a price: the columns of `cost_model`. */
export const PRICES = [
  'storageGbMonth',
  'loadHour',
  'qualityHour',
  'queryHour',
  'egressGb',
] as const;
export type Prices = Record<(typeof PRICES)[number], number>;

/** A version that is not saved, for what it would change. */
export interface ProposedPrices extends Prices {
  /** The first UTC day on which it would be in force. */
  from: Date;
}

const columns = Prisma.raw(PRICES.map((one) => `"${one}"`).join(', '));

/**
 * Unit prices by UTC day of the window: those of the newest version that is in force on the day. A day before the first
 * version has none.
 */
export function pricesByDay({ from, to }: Window, proposed?: ProposedPrices): Prisma.Sql {
  const saved = Prisma.sql`select number, "from", ${columns} from cost_model`;
  const models = proposed
    ? Prisma.sql`(${saved} union all select 2147483647, ${proposed.from}::timestamptz,
        ${Prisma.join(PRICES.map((one) => Prisma.sql`${proposed[one]}::float8`))})`
    : Prisma.sql`(${saved})`;
  return Prisma.sql`select t.day, m.*
    from generate_series(${from}::timestamptz, ${to}::timestamptz - interval '1 millisecond', interval '24 hours') t(day)
    cross join lateral (select c.* from ${models} c where c."from" <= t.day order by c.number desc limit 1) m`;
}

/** The currency of every price here; null before the first version. */
export async function currencyOf(): Promise<string | null> {
  const first = await db().costModel.findFirst({
    orderBy: { number: 'desc' },
    select: { currency: true },
  });
  return first?.currency ?? null;
}
