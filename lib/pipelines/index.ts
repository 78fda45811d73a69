export { removeOldSnapshots } from './old-snapshots';
export { type PipelineOverview, pipelineOverview } from './queries';
export { RunPipelineInput, runPipelineNow } from './run-now';
export { runPipeline } from './run-pipeline';
export { fireDueSchedules } from './schedule';
