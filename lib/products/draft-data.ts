import { z } from 'zod';
import { unstorable } from '@/lib/core/storable';
import {
  CLASSIFICATIONS,
  columnNameSchema,
  draftPromiseFields,
  durationThresholdSchema,
  FIELD_TYPES,
  type FieldShape,
  fieldListSchema,
  identifierSchema,
  PERMISSIONS,
  percentThresholdSchema,
  permissionsSchema,
  promiseFields,
  type SchemaField,
  slugSchema,
} from '@/lib/specs';

export const SCHEDULES = ['manual', 'hourly', 'daily', 'weekly'] as const;
const MAX_DEPTH = 40;
const MAX_DRAFT_BYTES = 900_000;
const PRODUCT_REF = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/;

function storableProblem(root: unknown): string | null {
  const fault = unstorable(root, MAX_DEPTH);
  if (fault) return fault.message;
  const size = JSON.stringify(root)?.length ?? 0;
  return size > MAX_DRAFT_BYTES ? 'The draft is larger than 900 kB. Shorten its texts' : null;
}
const storable = z.unknown().superRefine((value, context) => {
  const message = storableProblem(value);
  if (message) context.addIssue({ code: 'custom', message });
});

/** Settings of a check, as its own schema says; lists, pairs, thresholds and conditions nest. */
const ruleConfig = z
  .record(z.string().max(63), z.json())
  .refine((config) => JSON.stringify(config).length <= 50_000, {
    error: 'The settings of this rule are too long',
  });
const shape = z.custom<FieldShape>((value) => typeof value === 'object' && value !== null);
const members = z.custom<SchemaField[]>((value) => Array.isArray(value));

const draftField = z.strictObject({
  name: z.string().max(300),
  /** The column's name in the source; the transformation renames it. */
  sourceName: z.string().max(300).optional(),
  type: z.enum(FIELD_TYPES),
  description: z.string().max(2000).optional(),
  pii: z.boolean().optional(),
  primaryKey: z.boolean().optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  precision: z.int().min(1).max(38).optional(),
  scale: z.int().min(0).max(38).optional(),
  timezone: z.boolean().optional(),
  items: shape.optional(),
  fields: members.optional(),
});
export type DraftField = z.infer<typeof draftField>;

const draftRule = z.strictObject({
  name: z.string().max(200),
  dimension: z.string().max(63),
  check: z.string().max(63),
  column: z.string().max(300).optional(),
  config: ruleConfig.default({}),
  reason: z.string().max(500).default(''),
});
export type DraftRule = z.infer<typeof draftRule>;

const draftSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload'), uploadId: z.string().max(100).optional() }),
  z.strictObject({ kind: z.literal('product'), product: z.string().max(200).optional() }),
  z.strictObject({
    kind: z.literal('sql'),
    sql: z.string().max(100_000).default(''),
    inputs: z
      .array(z.strictObject({ alias: z.string().max(100), product: z.string().max(200) }))
      .max(20)
      .default([]),
  }),
]);
export type DraftSource = z.infer<typeof draftSource>;

const quantity = z.union([z.string().max(100), z.number()]);
const draftShape = z.strictObject({
  template: z.string().max(63).optional(),
  domain: z.string().max(100).optional(),
  name: z.string().max(100).optional(),
  title: z.string().max(200).optional(),
  owner: z.string().max(320).optional(),
  classification: z.enum(CLASSIFICATIONS).optional(),
  description: z.string().max(5000).optional(),
  tags: z.array(z.string().max(50)).max(30).optional(),
  documentation: z.string().max(200_000).optional(),
  source: draftSource.optional(),
  fields: z.array(draftField).max(2000).optional(),
  quality: z.array(draftRule).max(500).optional(),
  slo: z
    .strictObject({
      availability: quantity.optional(),
      latency: quantity.optional(),
      freshness: quantity.optional(),
      completeness: quantity.optional(),
    })
    .optional(),
  access: z
    .array(z.strictObject({ role: z.string().max(63), permissions: z.array(z.enum(PERMISSIONS)) }))
    .max(100)
    .optional(),
  schedule: z.enum(SCHEDULES).optional(),
  ...draftPromiseFields,
  /** Goes to production by itself when every gate passes; otherwise it waits in staging. */
  publishWhenReady: z.boolean().optional(),
});

/** What the wizard keeps while somebody is typing: everything may be missing or half-written. */
export const DraftData = storable.pipe(draftShape);
export type DraftData = z.infer<typeof draftShape>;

const text = (max: number, help: string) => z.string(help).trim().min(1, help).max(max);
const productRef = z
  .string('Choose a product')
  .regex(PRODUCT_REF, 'Choose a product, written as domain/product');

const completeSource = z.discriminatedUnion(
  'kind',
  [
    z.object({
      kind: z.literal('upload'),
      uploadId: z.string('Upload a file').min(1, 'Upload a file'),
    }),
    z.object({ kind: z.literal('product'), product: productRef }),
    z.object({
      kind: z.literal('sql'),
      sql: text(100_000, 'Write one SELECT statement'),
      inputs: z
        .array(z.object({ alias: identifierSchema, product: productRef }))
        .min(1, 'Add at least one product that the statement reads')
        .refine((all) => new Set(all.map(({ alias }) => alias)).size === all.length, {
          error: 'Two inputs have the same name. Rename one',
        }),
    }),
  ],
  { error: 'Choose where the rows come from' },
);

const completeField = draftField.extend({ sourceName: columnNameSchema.optional() });
/** Checked as the document's own field list is, so that what is accepted here parses there. */
const completeFields = z
  .array(completeField, 'The schema is known once there is a source')
  .superRefine((fields, context) => {
    const parsed = fieldListSchema.safeParse(fields);
    for (const { path, message } of parsed.error?.issues ?? []) {
      context.addIssue({ code: 'custom', path, message });
    }
  });

const ANSWERS = 'Use a percentage from 0 to 100, for example 99.9%';
const LENGTH = 'Use a length of time, for example "< 1 hour"';
const completeShape = z.object({
  template: text(63, 'Choose a template'),
  domain: text(100, 'Choose a domain'),
  name: z.string('Give the product a name').pipe(slugSchema),
  title: text(200, 'Give the product a title'),
  owner: text(320, 'Name the owner').pipe(z.email('Write an e-mail address')),
  classification: z.enum(CLASSIFICATIONS, 'Choose a classification'),
  description: text(5000, 'Say in a sentence what is in it'),
  tags: z.array(z.string().trim().min(1, 'A tag is empty. Remove it').max(50)).max(30).default([]),
  documentation: z.string().max(200_000).default(''),
  source: completeSource,
  fields: completeFields,
  quality: z
    .array(draftRule.extend({ name: text(200, 'Name the rule'), check: identifierSchema }))
    .max(500)
    .default([]),
  slo: z.object(
    {
      availability: z.union([z.string(), z.number()], ANSWERS).pipe(percentThresholdSchema),
      latency: z.union([z.string(), z.number()], LENGTH).pipe(durationThresholdSchema),
      freshness: z.union([z.string(), z.number()], LENGTH).pipe(durationThresholdSchema),
      completeness: percentThresholdSchema.optional(),
    },
    'Set the objectives',
  ),
  access: z
    .array(z.object({ role: identifierSchema, permissions: permissionsSchema }))
    .max(100)
    .refine((all) => new Set(all.map(({ role }) => role)).size === all.length, {
      error: 'A role stands here twice. Remove one of them',
    })
    .default([]),
  schedule: z.enum(SCHEDULES, 'Choose how often it is refreshed'),
  ...promiseFields,
  publishWhenReady: z.boolean().default(true),
});

/** A draft with nothing left to fill in. Whether its names exist is for `validateDraft`. */
export const CompleteDraft = storable.pipe(completeShape);
export type CompleteDraft = z.infer<typeof completeShape>;
