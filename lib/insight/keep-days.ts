import { systemCtx } from '@/lib/core';
import { DASHBOARDS } from './dashboards/dashboard';
import { keptOfChart } from './dashboards/series';
import { keepDaysOf, keptOf } from './figures/kept-days';
import { METRICS } from './metrics/registry';

/** Works out days of metrics and of charts that are not kept, the newest first, whichever process asks. @returns how many */
export function keepMetricDays(): Promise<number> {
  const charts = DASHBOARDS.flatMap((one) => one.charts.filter((chart) => chart.isKept));
  const ctx = systemCtx('worker');
  return keepDaysOf([
    ...METRICS.filter((metric) => metric.isKept).map(keptOf),
    ...charts.map((chart) => keptOfChart(chart, ctx)),
  ]);
}
