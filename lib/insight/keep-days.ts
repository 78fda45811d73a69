import { systemCtx } from '@/lib/core';
import { DASHBOARDS } from './dashboards/dashboard';
import { keptOfChart } from './dashboards/series';
import { keepDaysOf, keptOf } from './figures/kept-days';
import { keepWindowsOf } from './figures/kept-windows';
import { METRICS } from './metrics/registry';

/**
 * Works out days of metrics and of charts that are not kept, the newest first, and what short lists of ranges rest on;
 * whichever process asks. @returns how many
 */
export async function keepMetricDays(): Promise<number> {
  const charts = DASHBOARDS.flatMap((one) => one.charts.filter((chart) => chart.isKept));
  const ctx = systemCtx('worker');
  const days = await keepDaysOf([
    ...METRICS.filter((metric) => metric.isKept).map(keptOf),
    ...charts.map((chart) => keptOfChart(chart, ctx)),
  ]);
  const ranks = DASHBOARDS.flatMap((one) => one.ranks.flatMap(({ kept }) => kept ?? []));
  return days + (await keepWindowsOf(ranks));
}
