import { type Ctx, notFound } from '@/lib/core';
import { line } from '../figures/export';
import { periodOf } from '../figures/period';
import {
  type Currency,
  type MetricFigures,
  type PeriodView,
  viewOf,
  wholesOf,
} from '../figures/queries';
import { requireMetric, type Scope, scopeOf } from '../figures/scope';
import type { MetricUnit } from '../metrics/metric';
import { METRICS } from '../metrics/registry';
import { type TargetStep, targetSteps } from '../targets/steps';
import { compliance } from './compliance';
import type { Definition } from './definition';
import { kindsFor, type MarkKind, type Marks, marksOf } from './marks';
import { quality } from './quality';
import type { RankFigures } from './rank';
import { type Series, type SeriesChart, seriesOf } from './series';
import { slos } from './slos';
import { value } from './value';

const overview = {
  id: 'overview',
  title: 'Overview',
  about: 'What really happened in the mesh.',
  // Costs have a dashboard of their own.
  metrics: METRICS.flatMap(({ id, group }) => (group === 'cost' ? [] : [id])),
  drawn: ['data_product_count', 'data_reads', 'data_quality_score', 'error_budget_left'],
  charts: [],
  ranks: [],
} satisfies Definition;

/** What the overview shows, and a link to it. */
export const OVERVIEW: readonly string[] = overview.metrics;

export const DASHBOARDS: readonly Definition[] = [overview, value, slos, quality, compliance];

/** What is drawn over time. */
export interface Chart {
  id: string;
  title: string;
  about: string;
  unit: MetricUnit | Currency;
  isMetric: boolean;
  /** Where the facts can be read one by one, when that is no metric's page. */
  href: string | null;
  /** The first instants of the buckets, within the period. */
  ats: string[];
  series: Series[];
  /** What it should have come to. */
  targets: TargetStep[];
  kinds: readonly MarkKind[];
}
export interface Dashboard extends Marks {
  id: string;
  title: string;
  about: string;
  period: PeriodView;
  metrics: MetricFigures[];
  charts: Chart[];
  ranks: RankFigures[];
}

function requireDashboard(id: string): Definition {
  const found = DASHBOARDS.find((one) => one.id === id);
  if (!found) throw notFound('This dashboard');
  return found;
}

/** A dashboard of the mesh, a domain, a product or what one owns. @throws AppError not_found | forbidden | invalid */
export async function getDashboard(ctx: Ctx, id: string, raw: Scope = {}): Promise<Dashboard> {
  const { title, about, metrics, drawn, charts, ranks } = requireDashboard(id);
  const scope = await scopeOf(ctx, raw);
  const period = periodOf(scope);
  const figures = await wholesOf(scope, period, metrics);
  const [steps, marks, ...own] = await Promise.all([
    targetSteps(drawn, scope.domainId, period),
    marksOf(ctx, scope, period),
    ...charts.map((chart) => seriesOf(ctx, chart, scope, period)),
  ]);
  const lists = await Promise.all(ranks.map((rank) => rank.read(ctx, scope, period)));
  const found = drawn.flatMap((name) => figures.find((one) => one.metric.id === name) ?? []);
  const ats = period.buckets.map((at) =>
    new Date(Math.max(at.getTime(), period.from.getTime())).toISOString(),
  );
  return {
    ...{ id, title, about, period: viewOf(period), metrics: figures },
    ...marks,
    charts: [
      ...found.map((one) => metricChart(one, steps.get(one.metric.id) ?? [])),
      ...charts.map((chart, at) => ({ ...wordsOf(chart), ats, series: own[at]! })),
    ],
    ranks: ranks.map(({ read: _read, kept: _kept, ...words }, at) => ({
      ...words,
      rows: lists[at]!,
    })),
  };
}

/** What happened beside one metric. @throws AppError not_found | forbidden | invalid */
export async function metricMarks(ctx: Ctx, id: string, raw: Scope = {}): Promise<Marks> {
  const kinds = kindsFor(requireMetric(id));
  const scope = await scopeOf(ctx, raw);
  return marksOf(ctx, scope, periodOf(scope), kinds);
}

/** A metric over time as one line beside the one it is compared with. */
export function metricChart(figures: MetricFigures, targets: TargetStep[]): Chart {
  const { metric, points, value: whole, previous } = figures;
  const before = points.some((point) => point.previous !== null);
  return {
    ...{ id: metric.id, title: metric.title, about: metric.definition, unit: metric.courseUnit },
    ...{ isMetric: true, href: null, targets: metric.isChange ? [] : targets },
    ats: points.map((point) => point.at),
    kinds: kindsFor(metric),
    series: [
      {
        ...{
          key: metric.id,
          label: metric.course,
          value: whole,
          previous,
        },
        values: points.map((point) => point.value),
        before: before ? points.map((point) => point.previous) : [],
      },
    ],
  };
}

const wordsOf = ({ id, title, about, unit, href, kinds }: SeriesChart) => ({
  ...{ id, title, about, unit, href, kinds, isMetric: false, targets: [] },
});

/** A chart of a dashboard as CSV (RFC 4180), a column a line. @throws AppError not_found | forbidden | invalid */
export async function chartCsv(
  ctx: Ctx,
  id: string,
  name: string,
  raw: Scope = {},
): Promise<string> {
  const chart = requireDashboard(id).charts.find((one) => one.id === name);
  if (!chart) throw notFound('This chart');
  const scope = await scopeOf(ctx, raw);
  const period = periodOf(scope);
  const series = await seriesOf(ctx, chart, scope, period);
  const head = series.flatMap(({ label }) => [label, `${label}, compared with`]);
  const rows = period.buckets.map((at, place) => {
    const first = new Date(Math.max(at.getTime(), period.from.getTime())).toISOString();
    const cells = series.flatMap(({ values, before }) => [
      values[place] ?? null,
      before[place] ?? null,
    ]);
    return line([first, ...cells]);
  });
  return [line(['from', ...head]), ...rows].join('');
}
