export { askPortal, NO_ANSWER } from './ask-portal';
export { METRICS } from './formula';
export type { Standing } from './laws';
export { measureDue, removeOldMeasurements } from './measure';
export { exportOpenSlo } from './openslo/export';
export { PROBE_ROUND_MS, probeDue } from './probe';
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
export { type ObjectiveView, objectivesOf, worstOf } from './status';
