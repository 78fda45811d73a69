import { type Ctx, now } from '@/lib/core';
import { figuresFrom, type Part, type Point } from '../figures/figure';
import { type Period, periodOf } from '../figures/period';
import { figuresOfAll, type MetricFigures, type PeriodView, viewOf } from '../figures/queries';
import { requireMetric, type Scope, scopeOf } from '../figures/scope';
import { askCosts } from './ask-costs';
import { type Forecast, forecastOf, LOOKS_BACK, type NoForecast } from './forecast';
import { type CostModelView, costModel } from './model';

export interface CostBoard {
  model: CostModelView;
  period: PeriodView;
  /** Of the whole, by domain, or of a domain by product. */
  total: MetricFigures;
  /** The course of the period before, as far as it has as many buckets. */
  before: Point[];
  /** Storage, computing, serving: they add up to the total. */
  kinds: MetricFigures[];
  /** What it fell by, what a read costs, how much products are used by others. */
  others: MetricFigures[];
  /** The ten dearest products. */
  dearest: Part[];
  forecast: Forecast | NoForecast;
}

const KINDS = ['storage_cost', 'compute_cost', 'egress_cost'];
const DEAREST = 10;
const DAY_MS = 86_400_000;

/**
 * What the mesh or a domain costs, of what the actor may find: figures of metrics, and what the month comes to. What was taken
 * is read once for all of them.
 * @throws AppError not_found | forbidden
 */
export async function costBoard(ctx: Ctx, raw: Omit<Scope, 'product'> = {}): Promise<CostBoard> {
  const scope = await scopeOf(ctx, { ...raw });
  const period = periodOf(scope);
  const whole = { ...scope, parts: null };
  const ofMonth = monthOf(now());
  const total = requireMetric('data_cost');
  const metrics = [...KINDS, 'cost_reduction', 'cost_per_read'].map((id) => requireMetric(id));
  const [model, [reuse], rows] = await Promise.all([
    costModel(ctx),
    figuresOfAll([requireMetric('reuse')], whole, period),
    askCosts(scope, [
      { key: 'total', metric: total, period, parts: scope.parts },
      { key: 'month', metric: total, period: ofMonth, parts: null },
      ...metrics.map((metric) => ({ key: metric.id, metric, period, parts: null })),
      ...(scope.parts === 'domain'
        ? [{ key: 'dearest', metric: total, period, parts: 'product' as const, most: DEAREST }]
        : []),
    ]),
  ]);
  const of = (key: string) => rows.get(key) ?? [];
  const [[all], singles, dearest, { points }] = await Promise.all([
    figuresOfAll([total], scope, period, (one) => figuresFrom(one, scope, period, of('total'))),
    figuresOfAll(metrics, whole, period, (one) => figuresFrom(one, whole, period, of(one.id))),
    figuresFrom(total, { parts: 'product' }, period, of('dearest')),
    figuresFrom(total, whole, ofMonth, of('month')),
  ]);
  const parts = scope.parts === 'product' ? all!.parts : dearest.parts;
  const [reduction, perRead] = singles.slice(KINDS.length);
  return {
    ...{ model, period: viewOf(period), total: all! },
    before: all!.points.map((point) => ({ ...point, value: point.previous })),
    kinds: singles.slice(0, KINDS.length),
    others: [reduction!, perRead!, reuse!],
    dearest: parts.slice(0, DEAREST),
    forecast: forecastOf(points, now()),
  };
}

/** The days that a forecast needs, whatever range is shown. */
function monthOf(today: Date): Period {
  const { to } = periodOf('7d', today);
  const monthBegin = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1);
  const from = new Date(Math.min(monthBegin, to.getTime() - (LOOKS_BACK + 1) * DAY_MS));
  const buckets: Date[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += DAY_MS) buckets.push(new Date(at));
  return {
    ...{ range: '30d', compare: 'none', bucket: 'day', from, to, buckets },
    ...{ previousFrom: from, previousTo: from, previousBuckets: [] },
  };
}
