'use server';

import { action } from '@/lib/http/action';
import { RunPipelineInput, runPipelineNow } from '@/lib/pipelines';

export const runPipelineAction = action(RunPipelineInput, (ctx, input) =>
  runPipelineNow(ctx, input),
);
