export { type CostBoard, costBoard } from './cost/board';
export { CostModelFields, CostModelInput } from './cost/input';
export { keepReuse } from './cost/keep-reuse';
export type { CostKind } from './cost/kinds';
export { type CostModelView, type CostVersion, costModel } from './cost/model';
export { type CostPreview, previewCostModel } from './cost/preview-model';
export { type ProductCost, productCosts } from './cost/product-costs';
export { rollUpResources } from './cost/roll-up';
export { setCostModel } from './cost/set-model';
export { keepCostSums } from './cost/sums';
export {
  UNUSED_DAYS,
  UnusedInput,
  type UnusedProduct,
  unusedCsv,
  unusedProducts,
} from './cost/unused';
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
export { type DigestRow, listDigests } from './digest/list-digests';
export { sendFigures } from './digest/send';
export {
  DigestInput,
  type DigestPreview,
  previewDigest,
  StopDigestInput,
  stopDigest,
  subscribe,
} from './digest/subscribe';
export {
  DismissInput,
  dismissDuplicate,
  RestoreInput,
  restoreDuplicate,
} from './duplicates/dismiss';
export {
  type Duplicate,
  DuplicatesInput,
  duplicatesCsv,
  listDuplicates,
} from './duplicates/list';
export type { ColumnMatch } from './duplicates/similarity';
export { sketchDue } from './duplicates/sketch-due';
export { metricPointsCsv, metricRowsCsv, prometheusText } from './figures/export';
export type { Part } from './figures/figure';
export { forgetParts } from './figures/part-people';
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
export { keepMetricDays } from './keep-days';
export { type KeyFigures, keyFigures } from './key-figures';
export {
  type DraftRow,
  type FailedRunRow,
  type MyWork,
  myWork,
  type WorkProduct,
} from './my-work';
export { type NeedItem, type NeedKind, needsMe } from './needs-me';
export { CloseCampaignInput, closeCampaign } from './scorecards/campaigns/close-campaign';
export { RecountCampaignInput, recountCampaign } from './scorecards/campaigns/count';
export { countRun } from './scorecards/campaigns/count-run';
export { endCampaigns } from './scorecards/campaigns/end';
export { MakeCampaignInput, makeCampaign, RHYTHMS } from './scorecards/campaigns/make-campaign';
export {
  type CampaignDetail,
  CampaignFilter,
  CampaignPage,
  type CampaignRow,
  campaignProgressCsv,
  getCampaign,
  listCampaigns,
} from './scorecards/campaigns/queries';
export { remindOfCampaigns } from './scorecards/campaigns/remind';
export { type CheckPreview, PreviewCheckInput, previewCheck } from './scorecards/custom/preview';
export { type CustomCheckRow, listCustomChecks } from './scorecards/custom/queries';
export {
  ArchiveCheckInput,
  archiveCheck,
  CreateCheckInput,
  createCheck,
  UpdateCheckInput,
  updateCheck,
} from './scorecards/custom/write-check';
export {
  type ChangeRow,
  ChangesInput,
  type Course,
  scorecardChanges,
  scorecardCourse,
} from './scorecards/history';
export {
  type CheckResult,
  type NextStep,
  type ProductScorecard,
  productScorecard,
} from './scorecards/product-scorecard';
export { recordDue } from './scorecards/record';
export {
  type DomainStanding,
  domainStandings,
  listScorecards,
  ScorecardFilter,
  type Standings,
  scorecardsCsv,
} from './scorecards/standings';
export { type CheckWords, type ScorecardWords, scorecardChecks } from './scorecards/words';
export { CreateShareInput, createShare } from './sharing/create-share';
export { openShare, type Shared } from './sharing/open-share';
export { SetSharingInput, setSharing } from './sharing/policy';
export {
  ListSharesInput,
  listShares,
  RevokeShareInput,
  revokeShare,
  type ShareRow,
  type Shares,
} from './sharing/shares';
export { AnswerSurveyInput, answerSurvey, SkipSurveyInput, skipSurvey } from './survey/answer';
export { askSurvey, mayBeAsked, type SurveyQuestion } from './survey/ask';
export { releaseAnswers } from './survey/release';
export {
  RemoveCommentInput,
  removeComment,
  type Satisfaction,
  SatisfactionInput,
  satisfaction,
} from './survey/results';
export { SetSurveyInput, type SurveySettings, setSurvey } from './survey/settings';
export { SetTargetInput, setMetricTarget } from './targets/set-target';
export { dropOldUsage, forgetReaders, prepareUsageMonths } from './usage/months';
export {
  listRecounts,
  previewRecount,
  RecountInput,
  type RecountPreview,
  type RecountRow,
  type Recounts,
  requestRecount,
} from './usage/recount';
export { failRecount, recountRun } from './usage/recount-run';
