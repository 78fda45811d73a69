'use server';

import { SaveDocumentationInput, saveDocumentation } from '@/lib/documentation';
import { action } from '@/lib/http/action';
import { RunPipelineInput, runPipelineNow } from '@/lib/pipelines';

export const runPipelineAction = action(RunPipelineInput, (ctx, input) =>
  runPipelineNow(ctx, input),
);

export const saveDocumentationAction = action(SaveDocumentationInput, (ctx, input) =>
  saveDocumentation(ctx, input),
);
