export { withProductLock } from '@/lib/platform';
export { CancelRunInput, cancelRun } from './cancel-run';
export { describeError, type Failure } from './describe-error';
export { driverCtx } from './driver-ctx';
export { provisionRun } from './provision-workflow';
export {
  getRun,
  listRuns,
  type RunDto,
  type RunLogDto,
  type RunStepDto,
  runLogs,
} from './queries';
export { previewRetire, type RetirePreview } from './retire-preview';
export { RetireProductInput, retireProduct } from './retire-product';
export { retireRun } from './retire-workflow';
export { RetryRunInput, retryRun } from './retry-run';
export { type Durable, type RunDeps, runDeps } from './run-deps';
export { SubmitProductInput, submitProduct } from './submit-product';
