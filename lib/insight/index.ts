export {
  type Chart,
  chartCsv,
  type Dashboard,
  getDashboard,
  metricChart,
  metricMarks,
} from './dashboards/dashboard';
export type { Mark, Marks } from './dashboards/marks';
export type { RankFigures } from './dashboards/rank';
export { metricPointsCsv, metricRowsCsv, prometheusText } from './figures/export';
export type { Part } from './figures/figure';
export {
  type FactRow,
  getMetric,
  listMetrics,
  type MetricDetail,
  type MetricFigures,
  type MetricWords,
  metricCatalogue,
  metricRows,
  type PeriodView,
  RowsInput,
} from './figures/queries';
export { daysOf, Scope } from './figures/scope';
export {
  governanceToday,
  type TodayItem,
  type TodayKind,
  type TodaySection,
} from './governance-today';
export { type KeyFigures, keyFigures } from './key-figures';
export type { MetricUnit } from './metrics/metric';
export {
  type DraftRow,
  type FailedRunRow,
  type MyWork,
  myWork,
  type WorkProduct,
} from './my-work';
export { type NeedItem, type NeedKind, needsMe } from './needs-me';
export { SetTargetInput, setMetricTarget } from './targets/set-target';
