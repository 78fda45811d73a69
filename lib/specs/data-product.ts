import { z } from 'zod';
import {
  apiVersionSchema,
  classificationSchema,
  configurationSchema,
  durationThresholdSchema,
  enforcementSchema,
  lineSchema,
  percentThresholdSchema,
  permissionsSchema,
  proseSchema,
  tagsSchema,
  thresholdSchema,
} from './document';
import { fieldListSchema } from './field';
import {
  columnNameSchema,
  domainOfNamespace,
  identifierSchema,
  semverSchema,
  slugSchema,
} from './names';
import { pipelineSchema } from './processing';
import { promiseFields } from './promises';
import { parseDuration, parsePercent, parseThreshold, type Quantity } from './quantities';

const productRefSchema = z
  .string()
  .max(128)
  .regex(
    /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/,
    'Name a product as domain/product, for example sales/orders',
  );

/** Where a product's rows come from. */
export const sourceSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('upload'),
    format: z.enum(['csv', 'tsv', 'json', 'ndjson', 'parquet']).optional(),
    file: z.string().min(1).max(255).optional(),
  }),
  z.looseObject({
    type: z.literal('product'),
    product: productRefSchema,
    port: identifierSchema.optional(),
  }),
  z.looseObject({
    type: z.literal('sql'),
    /** SQL name of each input → the product it reads. */
    inputs: z.record(identifierSchema, productRefSchema),
    sql: z.string().regex(/\S/, 'Write one SELECT statement').max(100_000),
  }),
  z.looseObject({ type: z.literal('stream'), format: z.enum(['json', 'ndjson']).optional() }),
]);
export type ProductSource = z.infer<typeof sourceSchema>;

/** `check` names a quality check; its own settings stand in `params`. */
export const qualityRuleSchema = z.looseObject({
  name: lineSchema.optional(),
  check: identifierSchema,
  metric: identifierSchema.optional(),
  column: columnNameSchema.optional(),
  columns: z.array(columnNameSchema).min(1).max(50).optional(),
  threshold: thresholdSchema.optional(),
  enforcement: enforcementSchema.optional(),
  params: configurationSchema.optional(),
  reason: lineSchema.optional(),
});
export type QualityRule = z.infer<typeof qualityRuleSchema>;

export const outputPortSchema = z.looseObject({
  name: identifierSchema,
  type: identifierSchema,
  description: lineSchema.optional(),
  formats: z.array(identifierSchema).max(20).optional(),
});

export const accessRuleSchema = z.looseObject({
  role: identifierSchema,
  permissions: permissionsSchema,
});

export const sloSchema = z.looseObject({
  availability: percentThresholdSchema.optional(),
  latency: durationThresholdSchema.optional(),
  freshness: durationThresholdSchema.optional(),
  /** The share of values that are there, by the product's completeness rules. */
  completeness: percentThresholdSchema.optional(),
});

export const lineageSchema = z.looseObject({
  sources: z.array(lineSchema).max(500).optional(),
  transformations: z.array(lineSchema).max(500).optional(),
});

export const productSpecSchema = z
  .looseObject({
    owner: lineSchema,
    version: semverSchema,
    description: proseSchema,
    schema: fieldListSchema,
    slo: sloSchema.optional(),
    access: z.array(accessRuleSchema).max(100).optional(),
    lineage: lineageSchema.optional(),
    title: lineSchema.optional(),
    classification: classificationSchema.optional(),
    tags: tagsSchema.optional(),
    template: identifierSchema.optional(),
    quality: z.array(qualityRuleSchema).max(500).optional(),
    outputPorts: z.array(outputPortSchema).max(50).optional(),
    source: sourceSchema.optional(),
    processing: pipelineSchema.optional(),
    documentation: z.string().max(200_000).optional(),
    ...promiseFields,
  })
  .superRefine((spec, context) => {
    const columns = new Set(spec.schema.map((field) => field.name));
    spec.quality?.forEach((rule, index) => {
      const named = [rule.column, ...(rule.columns ?? [])].filter((name) => name !== undefined);
      const unknown = named.find((name) => !columns.has(name));
      if (unknown !== undefined) {
        const path = ['quality', index, unknown === rule.column ? 'column' : 'columns'];
        const message = `The schema has no column "${unknown}". Name one of its columns`;
        context.addIssue({ code: 'custom', path, message });
      }
    });
    requireDistinct(spec.outputPorts, 'name', 'outputPorts', context);
    requireDistinct(spec.access, 'role', 'access', context);
  });

function requireDistinct<K extends string>(
  list: readonly Record<K, string>[] | undefined,
  key: K,
  at: string,
  context: z.RefinementCtx,
): void {
  list?.forEach((entry, index) => {
    if (list.findIndex((other) => other[key] === entry[key]) === index) return;
    const message = `"${entry[key]}" stands here twice. Merge the two or rename one`;
    context.addIssue({ code: 'custom', path: [at, index, key], message });
  });
}

export const dataProductSchema = z.looseObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('DataProduct'),
  metadata: z.looseObject({ name: slugSchema, namespace: slugSchema }),
  spec: productSpecSchema,
});
export type DataProduct = z.infer<typeof dataProductSchema>;
export type ProductSpec = DataProduct['spec'];

/** The domain a product's namespace names: `sales-domain` → `sales`. */
export function domainOf(product: DataProduct): string {
  return domainOfNamespace(product.metadata.namespace);
}

export interface SloTargets {
  availability?: Quantity;
  latency?: Quantity;
  freshness?: Quantity;
  completeness?: Quantity;
}

/** A product's objectives as quantities: availability and completeness in percent, the others as lengths of time. */
export function sloTargets(slo: ProductSpec['slo']): SloTargets {
  const targets: SloTargets = {};
  if (!slo) return targets;
  for (const key of ['availability', 'completeness'] as const) {
    const share = slo[key] === undefined ? null : parseShare(slo[key]);
    if (share) targets[key] = share;
  }
  for (const key of ['latency', 'freshness'] as const) {
    const raw = slo[key];
    const parsed = raw === undefined ? null : (parseDuration(raw) ?? parseThreshold(raw));
    if (parsed) targets[key] = parsed;
  }
  return targets;
}

function parseShare(raw: string | number): Quantity | null {
  const plain = parsePercent(raw);
  if (plain) return plain;
  const parsed = parseThreshold(raw);
  return parsed && { ...parsed, unit: 'percent' };
}
