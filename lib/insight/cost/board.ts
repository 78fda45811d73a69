import { type Ctx, now } from '@/lib/core';
import { figuresOf, type Part, type Point } from '../figures/figure';
import { type Period, periodOf } from '../figures/period';
import { figuresOfAll, type MetricFigures, type PeriodView, viewOf } from '../figures/queries';
import { type FoundScope, requireMetric, type Scope, scopeOf } from '../figures/scope';
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
const OTHERS = ['cost_reduction', 'cost_per_read', 'reuse'];
const DEAREST = 10;
const DAY_MS = 86_400_000;

/**
 * What the mesh or a domain costs, of what the actor may find: figures of metrics, and what the month comes to.
 * @throws AppError not_found | forbidden
 */
export async function costBoard(ctx: Ctx, raw: Omit<Scope, 'product'> = {}): Promise<CostBoard> {
  const scope = await scopeOf(ctx, { ...raw });
  const period = periodOf(scope);
  const whole = { ...scope, parts: null };
  const [model, [total], singles, forecast] = await Promise.all([
    costModel(ctx),
    figuresOfAll([requireMetric('data_cost')], scope, period),
    figuresOfAll(
      [...KINDS, ...OTHERS].map((id) => requireMetric(id)),
      whole,
      period,
    ),
    forecastFor(whole),
  ]);
  const parts =
    scope.parts === 'product'
      ? total!.parts
      : await productsOf({ ...scope, parts: 'product' }, period);
  return {
    ...{ model, period: viewOf(period), total: total!, forecast },
    before: total!.points.map((point) => ({ ...point, value: point.previous })),
    kinds: singles.slice(0, KINDS.length),
    others: singles.slice(KINDS.length),
    dearest: parts.slice(0, DEAREST),
  };
}

const productsOf = async (scope: FoundScope, period: Period) =>
  (await figuresOf(requireMetric('data_cost'), scope, period)).parts;

/** From the days that it needs, whatever range is shown. */
async function forecastFor(scope: FoundScope) {
  const today = now();
  const { to } = periodOf('7d', today);
  const monthBegin = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1);
  const from = new Date(Math.min(monthBegin, to.getTime() - (LOOKS_BACK + 1) * DAY_MS));
  const buckets: Date[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += DAY_MS) buckets.push(new Date(at));
  const period: Period = {
    ...{ range: '30d', compare: 'none', bucket: 'day', from, to, buckets },
    ...{ previousFrom: from, previousTo: from, previousBuckets: [] },
  };
  const { points } = await figuresOf(requireMetric('data_cost'), scope, period);
  return forecastOf(points, today);
}
