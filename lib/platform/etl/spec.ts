import { z } from 'zod';

/** Where rows come from: ids for the machine, labels for people. */
const extractSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upload'), uploadId: z.string().min(1), label: z.string() }),
  z.object({ kind: z.literal('product'), productId: z.string().min(1), label: z.string() }),
  z.object({
    kind: z.literal('sql'),
    sql: z.string().min(1),
    inputs: z.array(
      z.object({ alias: z.string().min(1), productId: z.string().min(1), product: z.string() }),
    ),
    label: z.string(),
  }),
]);

/** Mends one column: an expression over the row takes the place of its value where `when` is true. */
const stepSchema = z.object({
  id: z.string().min(1),
  column: z.string().min(1).max(300),
  expression: z.string().min(1).max(2000),
  when: z.string().min(1).max(20_000),
  /** Why, for people. */
  note: z.string().max(500).default(''),
});
export type EtlStep = z.infer<typeof stepSchema>;

/** What a batch pipeline does (spec, "Processing Template"): kept in `Pipeline.spec`. */
export const etlSpecSchema = z.object({
  type: z.literal('etl'),
  extract: extractSchema,
  transform: z.object({
    /** One for each field of the contract, in its order: which column of the source it is. */
    columns: z.array(z.object({ source: z.string(), field: z.string() })).min(1),
    /** Run in the sandbox over the loaded rows, in this order. */
    steps: z.array(stepSchema).max(100).default([]),
  }),
  load: z.object({ mode: z.literal('replace') }),
  schedule: z.string(),
});
export type EtlSpec = z.infer<typeof etlSpecSchema>;
