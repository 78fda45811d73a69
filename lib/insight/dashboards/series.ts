import { type Ctx, db, Prisma, type Tx } from '@/lib/core';
import { also, isByDomain, placed, together, windowsOf } from '../figures/facts';
import { withKept } from '../figures/figure';
import { foldSql } from '../figures/fold';
import type { Kept } from '../figures/kept-days';
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
  /** One row a fact: `at`, `productId`, `series`, `num`, `den`, `n`. */
  sql: (window: Window, ctx: Ctx) => Prisma.Sql;
  /** What they come to is kept by domain, day and line: as `isKept` of a metric says. */
  isKept?: true;
  /** The same facts added up by domain, where such are kept: `domainId` in place of `productId`, and the word as `cell`. */
  byDomain?: (window: Window) => Prisma.Sql;
}

const SERIES = also('f.cell as series', 'f.series');
/** Of a chart whose facts are the same for everybody. */
export const keptOfChart = ({ id, sql }: Pick<SeriesChart, 'id' | 'sql'>, ctx: Ctx): Kept => ({
  id,
  sql: (window) => sql(window, ctx),
  cell: Prisma.sql`f.series`,
});

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
  const of = { id: chart.id, fold, sql: (window: Window) => chart.sql(window, ctx) };
  const whole = { ...scope, parts: null };
  const ask = (tx: Pick<Tx, '$queryRaw'>, byDomain?: Prisma.Sql) => {
    const facts = placed(of, whole, period, { byDomain, more: SERIES });
    return tx.$queryRaw<Row[]>`
      select s.series, s."isCurrent", s.bucket, (${Prisma.raw(foldSql({ fold }))})::float8 as value, sum(s.n)::float8 as sample
      from (${facts}) s group by grouping sets ((s.series, s."isCurrent"), (s.series, s."isCurrent", s.bucket))`;
  };
  const byDomain = chart.byDomain && together(windowsOf(of, period).map(chart.byDomain));
  const rows = !isByDomain(whole)
    ? await ask(db())
    : chart.isKept
      ? await withKept(of, whole, period, ask, keptOfChart(chart, ctx))
      : await ask(db(), byDomain);
  const told = (row: Row | undefined) => {
    const value = row?.value ?? (fold === 'sum' ? 0 : null);
    return value === null || (row?.sample ?? 0) < minimum ? null : value * factor;
  };
  const bySeries = Map.groupBy(rows, (row) => row.series);
  return Object.entries(chart.names).map(([key, label]) => {
    const own = bySeries.get(key) ?? [];
    const at = (isCurrent: boolean, bucket: Date | null) =>
      own.find((row) => row.isCurrent === isCurrent && row.bucket?.getTime() === bucket?.getTime());
    const course = (isCurrent: boolean, buckets: readonly Date[]) =>
      buckets.map((bucket) => told(at(isCurrent, bucket)));
    return {
      ...{ key, label, value: told(at(true, null)) },
      previous: period.compare === 'none' ? null : told(at(false, null)),
      values: course(true, period.buckets),
      before: course(false, period.previousBuckets).slice(0, period.buckets.length),
    };
  });
}
