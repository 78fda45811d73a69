import { type Ctx, db, Prisma } from '@/lib/core';
import { factsOf, sideOf } from '../figures/facts';
import { foldSql } from '../figures/figure';
import { later, readersSince } from '../figures/held';
import type { Period } from '../figures/period';
import type { FoundScope } from '../figures/scope';
import type { MetricUnit, Window } from '../metrics/metric';
import type { MarkKind } from './marks';

/** Facts taken apart by a word that each of them carries, over time: a line a word. */
export interface SeriesChart {
  id: string;
  title: string;
  about: string;
  unit: MetricUnit;
  fold: 'sum' | 'mean';
  factor?: number;
  /** With fewer observations a bucket has no figure. */
  minimum: number;
  /** The words, in their order, and what they are called. */
  names: Record<string, string>;
  /** Where the facts can be read one by one. */
  href: string;
  kinds: readonly MarkKind[];
  /** Its facts name people, which are not kept for ever. */
  isOfReaders?: true;
  /** One row a fact: `at`, `productId`, `series`, `num`, `den`, `n`. */
  sql: (window: Window, ctx: Ctx) => Prisma.Sql;
}

export interface Series {
  key: string;
  label: string;
  value: number | null;
  previous: number | null;
  /** A value a bucket. */
  values: (number | null)[];
  /** Those of the period that it is compared with; empty without one. */
  before: (number | null)[];
}

interface Row {
  series: string;
  isCurrent: boolean;
  bucket: Date | null;
  value: number | null;
  sample: number;
}

/** Every line of a chart for a period and the one beside it, in one statement. */
export async function seriesOf(
  ctx: Ctx,
  chart: SeriesChart,
  scope: FoundScope,
  period: Period,
): Promise<Series[]> {
  const { fold, factor = 1, minimum } = chart;
  const facts = factsOf({ fold, sql: (window) => chart.sql(window, ctx) }, period);
  const rows = await db().$queryRaw<Row[]>`
    select s.series, s."isCurrent", s.bucket, (${Prisma.raw(foldSql({ fold }))})::float8 as value, sum(s.n)::float8 as sample
    from (select f.series, f.num, f.den, f.n, ${sideOf(period)} as "isCurrent",
        date_trunc(${period.bucket}, f.at, 'UTC') as bucket
      from (${facts}) f join product p on p.id = f."productId" where ${scope.where}) s
    group by grouping sets ((s.series, s."isCurrent"), (s.series, s."isCurrent", s.bucket))`;
  const told = (row: Row | undefined) => {
    const value = row?.value ?? (fold === 'sum' ? 0 : null);
    return value === null || (row?.sample ?? 0) < minimum ? null : value * factor;
  };
  const since = chart.isOfReaders ? await readersSince() : null;
  const isHeld = (from: Date) => since === null || from >= since;
  const bySeries = Map.groupBy(rows, (row) => row.series);
  return Object.entries(chart.names).map(([key, label]) => {
    const own = bySeries.get(key) ?? [];
    const at = (isCurrent: boolean, bucket: Date | null) =>
      own.find((row) => row.isCurrent === isCurrent && row.bucket?.getTime() === bucket?.getTime());
    const course = (isCurrent: boolean, buckets: readonly Date[]) => {
      const from = isCurrent ? period.from : period.previousFrom;
      const figure = (bucket: Date) => told(at(isCurrent, bucket));
      return buckets.map((bucket) => (isHeld(later(bucket, from)) ? figure(bucket) : null));
    };
    const before = period.compare !== 'none' && isHeld(period.previousFrom);
    return {
      ...{ key, label, value: isHeld(period.from) ? told(at(true, null)) : null },
      previous: before ? told(at(false, null)) : null,
      values: course(true, period.buckets),
      before: course(false, period.previousBuckets).slice(0, period.buckets.length),
    };
  });
}
