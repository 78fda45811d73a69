export { listChecks } from './checks/list';
export { ruleProblem } from './compile';
export {
  HistoryFilter,
  type QualityHistory,
  qualityHistory,
  type RuleHistory,
  ruleHistory,
} from './history';
export {
  AcrossFilter,
  type AcrossRow,
  incidentsAcross,
  type OpenIncidents,
  openIncidents,
} from './incidents/across';
export { AssignIncidentInput, assignIncident } from './incidents/assign';
export { performRemediation, type ServeEarlier } from './incidents/perform';
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
export { type VersionQuality, versionsQuality } from './of-versions';
export { type LatestQuality, latestQuality } from './queries';
export {
  AddRuleInput,
  addRule,
  listRules,
  type RuleRow,
  SwitchRuleInput,
  switchRule,
} from './rules';
export { runQuality } from './run-quality';
export { type RuleSuggestion, suggestRules } from './suggest-rules';
export { requireRuleSources } from './try-rule';
