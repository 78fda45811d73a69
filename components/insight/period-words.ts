import type { PeriodView } from '@/lib/insight';

const DAY_MS = 86_400_000;
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const FULL = new Intl.DateTimeFormat('en', {
  ...{ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
});
const MONTH = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A bucket by its first day: "Mar 9", "from Mar 9", "Mar 2026". */
export function bucketText(at: string, bucket: string): string {
  const date = new Date(at);
  if (bucket === 'month') return MONTH.format(date);
  return bucket === 'week' ? `from ${DAY.format(date)}` : DAY.format(date);
}

/** A moment's UTC day: "Mar 9, 2026". */
export const dayText = (at: string): string => FULL.format(new Date(at));

/** Days of which the last is part: "Mar 9, 2026 – Mar 15, 2026". */
export function daysText(from: string, to: string): string {
  const last = FULL.format(new Date(Date.parse(to) - DAY_MS));
  const first = FULL.format(new Date(from));
  return first === last ? first : `${first} – ${last}`;
}

/** What the period is compared with, in words; null without. */
export function beforeText({ compare, from, to }: PeriodView): string | null {
  if (compare === 'none') return null;
  if (compare === 'year') return 'a year before';
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
  return days === 1 ? 'the day before' : `the ${days} days before`;
}

interface Asked {
  range: string;
  /** The first and the last day instead of the range. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Which days were asked for: "7 days", "Mar 9, 2026 – Mar 15, 2026". */
export function askedText({ range, from, to }: Asked): string {
  if (!from || !to) return range.replace('d', ' days');
  return daysText(from, new Date(Date.parse(to) + DAY_MS).toISOString());
}

/** The period with what it is compared with. */
export function periodText(period: PeriodView): string {
  const own = `${daysText(period.from, period.to)} (UTC)`;
  const other = daysText(period.previousFrom, period.previousTo);
  return period.compare === 'none' ? own : `${own}, beside ${other}`;
}
