import { z } from 'zod';
import { identifierSchema } from '@/lib/specs';

const cell: z.ZodType<unknown> = z.json();
const row = z.record(z.string().min(1).max(300), cell);
const rows = z.array(row).max(200, 'Use at most 200 rows');

/** Rows that go into the transformation, by the name under which it reads them, and what has to come out. */
export const Sample = z.object({
  name: z.string().trim().min(1, 'Name the sample').max(100),
  inputs: z
    .record(identifierSchema, rows)
    .refine((all) => Object.keys(all).length > 0, 'Give the rows of at least one input'),
  expected: rows,
});
export type Sample = z.infer<typeof Sample>;
export type SampleRow = Sample['expected'][number];
