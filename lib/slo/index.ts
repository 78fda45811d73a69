export { METRICS } from './formula';
export { BURN_POLICIES, type Standing } from './laws';
export { measureDue, removeOldMeasurements } from './measure';
export { exportOpenSlo } from './openslo/export';
export { PROBE_ROUND_MS, probeDue } from './probe';
export { judgeFigures, type MeasuredFigures, type ObjectiveVerdict } from './promises';
export {
  type History,
  type HistoryPoint,
  type IncidentView,
  listSlo,
  type ProbeView,
  type ProductSlo,
  productSlo,
  RANGES,
  RangeName,
  SloAddress,
  SloListInput,
  sloHistory,
  sloOverview,
} from './queries';
export {
  RemoveObjectiveInput,
  removeObjective,
  SaveObjectiveInput,
  saveObjective,
} from './save-objective';
export type { BurnView, ObjectiveView } from './status';
export { WINDOW_NAMES, WINDOWS } from './windows';
