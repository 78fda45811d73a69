import { z } from 'zod';

export const MAX_COMPARED = 4;
const PAGE = 200;

const address = z
  .string()
  .max(130)
  .regex(/^[^/\0]+\/[^/\0]+$/, 'Name a product as domain/product');

export const CompareInput = z.object({
  /** Addresses of products: `?p=sales/orders&p=hr/people`, or with a comma between them. */
  p: z
    .union([z.string(), z.array(z.string())], 'Name the products as p=domain/product')
    .transform((raw) =>
      [...new Set([raw].flat().flatMap((part) => part.split(',')))].filter(Boolean),
    )
    .pipe(
      z
        .array(address)
        .min(2, 'Name two products or more')
        .max(MAX_COMPARED, `Name at most ${MAX_COMPARED} products`),
    ),
  /** Only columns that some product lacks or that differ in their types. */
  only: z.enum(['differences'], 'only takes differences').optional(),
  /** How many columns to skip: what `nextAfter` of the page before said. */
  after: z.coerce.number().int().min(0).max(10_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(PAGE),
});
export type CompareInput = z.input<typeof CompareInput>;
