import { z } from 'zod';
import { type Ctx, can, db, Prisma } from '@/lib/core';
import { currencyOf } from '../cost/prices';
import type { Metric, MetricGroup, MetricUnit } from '../metrics/metric';
import { METRICS } from '../metrics/registry';
import { type TargetStep, targetSteps } from '../targets/steps';
import { type TargetChange, targetHistory, targetsFor } from '../targets/targets-of';
import { type Figures, figuresOf } from './figure';
import { foldSql } from './fold';
import { besideTheOneBefore, type Period, periodOf } from './period';
import { type FoundScope, requireMetric, Scope, scopeOf } from './scope';

export type Currency = Uppercase<string>;

/** What a metric is, in words. */
export interface MetricWords {
  id: string;
  title: string;
  group: MetricGroup;
  /** Of money the currency's code (ISO 4217), once there are prices. */
  unit: MetricUnit | Currency;
  direction: 'up' | 'down';
  definition: string;
  facts: string;
  /** What the sample counts. */
  observations: string;
  source: string;
  owner: string;
  /** With fewer observations than this there is no figure. */
  minimum: number;
  /** There is no past: the figure is as it stands now. */
  isNow: boolean;
  isChange: boolean;
  /** There is no figure of a domain or a product. */
  isOfPortal: boolean;
  /** What its course shows. */
  course: string;
  courseUnit: MetricUnit | Currency;
}
export interface PeriodView {
  range: string;
  /** What it is compared with: `previous`, `year` or `none`. */
  compare: string;
  previousFrom: string;
  previousTo: string;
  from: string;
  /** The first day that is not part of it. */
  to: string;
  bucket: string;
}
export interface MetricFigures extends Figures {
  metric: MetricWords;
  /** What it should come to, of the domain or the mesh. */
  target: number | null;
}
export interface MetricDetail extends MetricFigures {
  period: PeriodView;
  /** How the figure is computed: the statement that finds the facts, with its parameters, and what makes one of them. */
  query: { sql: string; fold: string; factor: number };
  /** What its target was in the period: from each moment on. */
  targetSteps: TargetStep[];
  /** What was set as its target here, newest first. */
  targets: TargetChange[];
  maySetTarget: boolean;
}

const unitIn = (unit: MetricUnit, currency: string | null) =>
  unit === 'money' && currency ? (currency as Currency) : unit;
const wordsOf = (metric: Metric, currency: string | null = null): MetricWords => ({
  ...{ id: metric.id, title: metric.title, group: metric.group },
  unit: unitIn(metric.unit, currency),
  ...{ direction: metric.direction, definition: metric.definition, facts: metric.facts },
  observations: metric.observations ?? metric.facts,
  ...{ source: metric.source, owner: metric.owner, minimum: metric.minimum },
  isNow: metric.fold === 'state',
  isChange: metric.isChange ?? false,
  isOfPortal: metric.isOfPortal ?? false,
  course: metric.course ?? metric.title,
  courseUnit: unitIn(metric.courseUnit ?? metric.unit, currency),
});
export const viewOf = (period: Period): PeriodView => ({
  ...{ range: period.range, compare: period.compare, bucket: period.bucket },
  from: period.from.toISOString(),
  to: period.to.toISOString(),
  previousFrom: period.previousFrom.toISOString(),
  previousTo: period.previousTo.toISOString(),
});

/** What all metrics are, without a figure. */
export const metricCatalogue = (): MetricWords[] => METRICS.map((metric) => wordsOf(metric));

const TOGETHER = 4;

/** Every metric, or those named, of the mesh, a domain, a product or what one owns. @throws AppError not_found | forbidden | invalid */
export async function listMetrics(
  ctx: Ctx,
  raw: Scope = {},
  ids?: readonly string[],
): Promise<{ period: PeriodView; metrics: MetricFigures[] }> {
  const scope = await scopeOf(ctx, raw);
  const period = periodOf(scope);
  return { period: viewOf(period), metrics: await wholesOf(scope, period, ids) };
}

/** Figures of every metric, or of those named, not taken apart. */
export function wholesOf(
  scope: FoundScope,
  period: Period,
  ids?: readonly string[],
): Promise<MetricFigures[]> {
  const asked = METRICS.filter(({ id }) => !ids || ids.includes(id));
  const shown = asked.filter((metric) => !metric.isOfPortal || scope.domainId === null);
  return figuresOfAll(shown, { ...scope, parts: null }, period);
}

/** Figures of some metrics, in their order. @param of what has been asked already */
export async function figuresOfAll(
  metrics: readonly Metric[],
  scope: FoundScope,
  period: Period,
  of: (metric: Metric) => Promise<Figures> = (metric) => figuresOf(metric, scope, period),
): Promise<MetricFigures[]> {
  const [targets, currency] = await Promise.all([targetsFor(scope.domainId), currencyOf()]);
  const all: MetricFigures[] = [];
  const left = metrics.entries();
  const ask = async () => {
    for (const [at, metric] of left) {
      all[at] = {
        metric: wordsOf(metric, currency),
        target: targets.get(metric.id) ?? null,
        ...(await of(metric)),
      };
    }
  };
  // A few at a time: a page takes no connections away from the readers of data.
  await Promise.all(Array.from({ length: TOGETHER }, ask));
  return all;
}

/** One metric over time and taken apart, and how it is computed. @throws AppError not_found | forbidden */
export async function getMetric(ctx: Ctx, id: string, raw: Scope = {}): Promise<MetricDetail> {
  const scope = await scopeOf(ctx, raw);
  const metric = requireMetric(id, scope.domainId !== null);
  const period = periodOf(scope);
  const [[figures], history, steps] = await Promise.all([
    figuresOfAll([metric], scope, period),
    targetHistory(id, scope.domainId),
    targetSteps([id], scope.domainId, period),
  ]);
  const { text } = metric.sql({ from: period.previousFrom, to: period.to });
  return {
    ...figures!,
    targetSteps: steps.get(id) ?? [],
    targets: history,
    maySetTarget:
      scope.parts !== null && can(ctx, 'insight.target', { domainId: scope.domainId ?? '' }),
    period: viewOf(period),
    query: { sql: dedent(text), fold: foldSql(metric), factor: metric.factor ?? 1 },
  };
}

const dedent = (text: string) => {
  const lines = text.replace(/^\n/, '').split('\n');
  const indent = Math.min(...lines.filter(Boolean).map((line) => line.search(/\S|$/)));
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trimEnd();
};

const PAGE = 50;
const LAST_PAGE = 200;
export const RowsInput = Scope.extend({
  page: z.coerce.number().int().min(1).max(LAST_PAGE).default(1),
});
export type RowsInput = z.input<typeof RowsInput>;

/** A fact that a figure is made of. */
export interface FactRow {
  at: string;
  /** `domain/name`; null where the fact is about the portal as a whole. */
  address: string | null;
  title: string | null;
  label: string;
  num: number;
  den: number | null;
}

/** The facts behind a figure of the period, newest first. @throws AppError not_found | forbidden | invalid */
export async function metricRows(
  ctx: Ctx,
  id: string,
  raw: RowsInput = {},
): Promise<{ rows: FactRow[]; page: number; hasMore: boolean }> {
  const metric = requireMetric(id);
  const { page } = RowsInput.parse(raw);
  const offset = (page - 1) * PAGE;
  const found = await metricRowsUpTo(ctx, metric, raw, { limit: PAGE + 1, offset });
  return { rows: found.slice(0, PAGE), page, hasMore: found.length > PAGE && page < LAST_PAGE };
}

/** Some of the facts behind a figure, newest first. @throws AppError not_found | forbidden */
export async function metricRowsUpTo(
  ctx: Ctx,
  metric: Metric,
  raw: Scope,
  { limit, offset }: { limit: number; offset: number },
): Promise<FactRow[]> {
  const scope = await scopeOf(ctx, raw);
  requireMetric(metric.id, scope.domainId !== null);
  const period = periodOf(scope);
  const { from, to, previousFrom } = metric.isChange ? besideTheOneBefore(period) : period;
  // A change is made of both periods; the rows of the later one stand for it.
  const window = { from: metric.isChange ? previousFrom : from, to, within: scope.within };
  const rows = await db().$queryRaw<(Omit<FactRow, 'at'> & { at: Date })[]>`
    with f as (${metric.sql(window)})
    select f.at, d.name || '/' || p.name as address, p.title, f.label, f.num::float8 as num, f.den::float8 as den
    from f left join product p on p.id = f."productId" left join domain d on d.id = p."domainId"
    where ${metric.isOfPortal ? Prisma.sql`true` : scope.where} and (${!metric.isChange} or f.at >= ${from})
    order by f.at desc, f.key, p.id limit ${limit} offset ${offset}`;
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
