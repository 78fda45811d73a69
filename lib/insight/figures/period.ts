import { now } from '@/lib/core';
import type { Window } from '../metrics/metric';

export const RANGES = { '7d': 7, '30d': 30, '90d': 90, '365d': 365 } as const;
export type Range = keyof typeof RANGES;
/** What a period is compared with: as many days just before, the same dates a year before, or nothing. */
export const COMPARISONS = ['previous', 'year', 'none'] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type Bucket = 'day' | 'week' | 'month';
/** The longest span of days of one's own: the same dates a year before never meet it. */
export const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

/** The last so many days; or, where there are days of one's own, those. */
export interface Span {
  range?: Range | undefined;
  compare?: Comparison | undefined;
  /** The first and the last day, `YYYY-MM-DD`. */
  days?: { from: string; to: string } | undefined;
}

export interface Period extends Window {
  range: Range | 'custom';
  compare: Comparison;
  /** What it is compared with; empty when that is nothing. */
  previousFrom: Date;
  previousTo: Date;
  bucket: Bucket;
  /** The first instants of the buckets, as PostgreSQL's `date_trunc` in UTC says them. */
  buckets: Date[];
  /** Those of the other period: the first stands beside the first. */
  previousBuckets: Date[];
}

/** The last so many UTC days, today so far included, or those that were asked for; and what they are compared with. */
export function periodOf(asked: Range | Span, at: Date = now()): Period {
  const span: Span = typeof asked === 'string' ? { range: asked } : asked;
  const { range = '30d', compare = 'previous', days } = span;
  const to = days
    ? new Date(Date.parse(days.to) + DAY_MS)
    : new Date(startOf('day', at).getTime() + DAY_MS);
  const from = days ? new Date(days.from) : new Date(to.getTime() - RANGES[range] * DAY_MS);
  const bucket = bucketOf((to.getTime() - from.getTime()) / DAY_MS);
  const [previousFrom, previousTo] = otherOf(compare, from, to);
  return {
    ...{ range: days ? 'custom' : range, compare, from, to, previousFrom, previousTo, bucket },
    buckets: bucketsOf(bucket, from, to),
    previousBuckets: bucketsOf(bucket, previousFrom, previousTo),
  };
}

/** A figure that is a change has no meaning without the period before. */
export function besideTheOneBefore(period: Period): Period {
  if (period.compare === 'previous') return period;
  const [previousFrom, previousTo] = otherOf('previous', period.from, period.to);
  const previousBuckets = bucketsOf(period.bucket, previousFrom, previousTo);
  return { ...period, compare: 'previous', previousFrom, previousTo, previousBuckets };
}

function otherOf(compare: Comparison, from: Date, to: Date): [Date, Date] {
  if (compare === 'none') return [from, from];
  if (compare === 'previous') return [new Date(from.getTime() * 2 - to.getTime()), from];
  const yearBefore = new Date(from);
  yearBefore.setUTCFullYear(from.getUTCFullYear() - 1);
  // Of the same length also when a leap day lies in one of them, and never into the period itself.
  const end = Math.min(from.getTime(), yearBefore.getTime() + to.getTime() - from.getTime());
  return [yearBefore, new Date(end)];
}

const bucketOf = (days: number): Bucket => (days <= 45 ? 'day' : days <= 190 ? 'week' : 'month');

function bucketsOf(bucket: Bucket, from: Date, to: Date): Date[] {
  const buckets: Date[] = [];
  for (let one = startOf(bucket, from); one < to; one = next(bucket, one)) buckets.push(one);
  return buckets;
}

function startOf(bucket: Bucket, at: Date): Date {
  const day = Math.floor(at.getTime() / DAY_MS);
  if (bucket === 'day') return new Date(day * DAY_MS);
  // 1970-01-01 was a Thursday; weeks begin on Monday.
  if (bucket === 'week') return new Date((day - ((day + 3) % 7)) * DAY_MS);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}

function next(bucket: Bucket, at: Date): Date {
  if (bucket === 'month') return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  return new Date(at.getTime() + (bucket === 'week' ? 7 : 1) * DAY_MS);
}
