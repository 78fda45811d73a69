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

/** What a batch pipeline does (spec, "Processing Template"): kept in `Pipeline.spec`. */
export const etlSpecSchema = z.object({
  type: z.literal('etl'),
  extract: extractSchema,
  transform: z.object({
    /** One for each field of the contract, in its order: which column of the source it is. */
    columns: z.array(z.object({ source: z.string(), field: z.string() })).min(1),
  }),
  load: z.object({ mode: z.literal('replace') }),
  schedule: z.string(),
});
export type EtlSpec = z.infer<typeof etlSpecSchema>;
