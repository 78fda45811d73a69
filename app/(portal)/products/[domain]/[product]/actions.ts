'use server';

import { SaveDocumentationInput, saveDocumentation } from '@/lib/documentation';
import { action } from '@/lib/http/action';
import { RunPipelineInput, runPipelineNow } from '@/lib/pipelines';
import {
  RemoveObjectiveInput,
  removeObjective,
  SaveObjectiveInput,
  saveObjective,
} from '@/lib/slo';

export const runPipelineAction = action(RunPipelineInput, (ctx, input) =>
  runPipelineNow(ctx, input),
);

export const saveDocumentationAction = action(SaveDocumentationInput, (ctx, input) =>
  saveDocumentation(ctx, input),
);
export const saveObjectiveAction = action(SaveObjectiveInput, (ctx, input) =>
  saveObjective(ctx, input),
);
export const removeObjectiveAction = action(RemoveObjectiveInput, (ctx, input) =>
  removeObjective(ctx, input),
);
