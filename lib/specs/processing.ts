import { z } from 'zod';
import { invalid } from '@/lib/core/errors';
import {
  apiVersionSchema,
  configurationSchema,
  lineSchema,
  proseSchema,
  scheduleSchema,
  templateMetadataSchema,
} from './document';
import { identifierSchema } from './names';
import { DEFAULT_SCHEDULE } from './schedule';

/** Pipelines as the spec's "Processing Template" builds them; every part is optional and keeps unknown settings. */
const part = configurationSchema.optional();

export const etlPipelineSchema = z.looseObject({
  type: z.literal('etl'),
  extract: part,
  transform: z.looseObject({ sql: z.string().min(1).max(100_000).optional() }).optional(),
  load: z.looseObject({ mode: z.enum(['replace', 'append', 'upsert']).optional() }).optional(),
  schedule: scheduleSchema.optional(),
});

export const streamingPipelineSchema = z.looseObject({
  type: z.literal('streaming'),
  source: part,
  processing: part,
  sink: part,
  checkpointing: part,
});

export const mlPipelineSchema = z.looseObject({
  type: z.literal('ml'),
  feature_engineering: part,
  model_training: part,
  model_serving: part,
  monitoring: part,
});

export const pipelineSchema = z.discriminatedUnion('type', [
  etlPipelineSchema,
  streamingPipelineSchema,
  mlPipelineSchema,
]);
export type Pipeline = z.infer<typeof pipelineSchema>;
export type PipelineType = Pipeline['type'];

const PIPELINE_DEFAULTS = {
  etl: { extract: {}, transform: {}, load: {}, schedule: DEFAULT_SCHEDULE },
  streaming: { source: {}, processing: {}, sink: {}, checkpointing: {} },
  ml: { feature_engineering: {}, model_training: {}, model_serving: {}, monitoring: {} },
} satisfies Record<PipelineType, Record<string, unknown>>;

/** A whole pipeline from a partial one: parts not given are empty, an ETL schedule not given is daily. */
export function createPipeline(type: string, config: Record<string, unknown> = {}): Pipeline {
  if (!isPipelineType(type)) {
    throw invalid(`Unknown processing type "${type}". Use etl, streaming or ml.`);
  }
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value != null));
  const parsed = pipelineSchema.safeParse({ ...PIPELINE_DEFAULTS[type], ...given, type });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(
    `The ${type} pipeline is not valid at ${issue?.path.join('.')}: ${issue?.message}.`,
  );
}

function isPipelineType(type: string): type is PipelineType {
  return Object.hasOwn(PIPELINE_DEFAULTS, type);
}

export const processingTemplateSchema = z.looseObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('ProcessingTemplate'),
  metadata: templateMetadataSchema,
  spec: z.looseObject({
    title: lineSchema,
    description: proseSchema.optional(),
    /** What runs it, as the platform document names it, for example `duckdb`. */
    engine: identifierSchema.optional(),
    pipeline: pipelineSchema,
  }),
});
export type ProcessingTemplate = z.infer<typeof processingTemplateSchema>;
