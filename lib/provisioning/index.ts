export { withProductLock } from '@/lib/platform';
export { CancelRunInput, cancelRun } from './cancel-run';
export { consumersOf } from './consumers';
export { describeError, type Failure } from './describe-error';
export { driverCtx, loadDriverProduct } from './driver-ctx';
export { lifecycleGates } from './gates/lifecycle-gates';
export { PromoteProductInput, promoteProduct } from './promote-product';
export { provisionRun } from './provision-workflow';
export {
  getRun,
  listRuns,
  type RunDto,
  type RunLogDto,
  type RunStepDto,
  runLogs,
} from './queries';
export { ReopenDraftInput, reopenDraft } from './reopen-draft';
export { previewRetire, type RetirePreview } from './retire-preview';
export { RetireProductInput, retireProduct } from './retire-product';
export { retireRun } from './retire-workflow';
export { RetryRunInput, retryRun } from './retry-run';
export { RollBackInput, rollBack, serveEarlier } from './roll-back';
export { type Durable, type RunDeps, runDeps } from './run-deps';
export { StageProductInput, stageProduct } from './stage-product';
export { SubmitProductInput, submitProduct } from './submit-product';
export { SUITES, type SuiteResult, type Suites, type SuiteTarget } from './suites';
export { fireSunsets } from './sunsets/fire-sunsets';
export { reminderAt } from './sunsets/reminders';
export { TestProductInput, testProduct } from './test-product';
