import { now } from '@/lib/core';
import type { Window } from '../metrics/metric';

export const RANGES = { '7d': 7, '30d': 30, '90d': 90, '365d': 365 } as const;
export type Range = keyof typeof RANGES;
export type Bucket = 'day' | 'week' | 'month';
const BUCKETS: Record<Range, Bucket> = {
  '7d': 'day',
  '30d': 'day',
  '90d': 'week',
  '365d': 'month',
};
const DAY_MS = 86_400_000;

export interface Period extends Window {
  range: Range;
  /** The period before, of the same length: up to `from`. */
  previousFrom: Date;
  bucket: Bucket;
  /** The first instants of the buckets, as PostgreSQL's `date_trunc` in UTC says them. */
  buckets: Date[];
}

/** The last so many UTC days, today so far included, and as many before them. */
export function periodOf(range: Range, at: Date = now()): Period {
  const to = new Date(startOf('day', at).getTime() + DAY_MS);
  const from = new Date(to.getTime() - RANGES[range] * DAY_MS);
  const previousFrom = new Date(from.getTime() - RANGES[range] * DAY_MS);
  const bucket = BUCKETS[range];
  const buckets: Date[] = [];
  for (let one = startOf(bucket, from); one < to; one = next(bucket, one)) buckets.push(one);
  return { range, from, to, previousFrom, bucket, buckets };
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
