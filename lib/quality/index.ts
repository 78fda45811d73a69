export { ruleProblem } from './compile';
export {
  HistoryFilter,
  type QualityHistory,
  qualityHistory,
  type RuleHistory,
  ruleHistory,
} from './history';
export { AssignIncidentInput, assignIncident } from './incidents/assign';
export { performRemediation } from './incidents/perform';
export { PreviewRemedyInput, previewRemedy, type RemedyPreview } from './incidents/preview';
export {
  getIncident,
  type IncidentDetail,
  IncidentFilter,
  type IncidentRow,
  listIncidents,
} from './incidents/queries';
export { RecheckInput, recheckQuality } from './incidents/recheck';
export { RemediateInput, remediateIncident } from './incidents/remediate';
export {
  discardQuarantine,
  incidentRows,
  listQuarantine,
  quarantineRows,
  type RowsView,
  type SideFile,
} from './incidents/rows';
export {
  CommentIncidentInput,
  commentIncident,
  RootCauseInput,
  setRootCause,
} from './incidents/write';
export { type DimensionVerdict, metricOf } from './judge-scores';
export { type LatestQuality, latestQuality } from './queries';
export {
  AddRuleInput,
  addRule,
  type CheckInfo,
  listChecks,
  listRules,
  type RuleRow,
  SwitchRuleInput,
  switchRule,
} from './rules';
export { runQuality } from './run-quality';
export { requireRuleSources } from './try-rule';
