import { z } from 'zod';
import { columnNameSchema } from './names';

/** What a grant shows of a column's values instead of the values themselves. */
export const MASKS = ['hash', 'partial', 'null', 'generalise'] as const;

const treatmentSchema = z
  .object({
    as: z.enum(['plain', ...MASKS]),
    /** How wide `generalise` makes the steps: of numbers a width, of dates a month or a year. */
    step: z.union([z.number().positive().max(1e15), z.enum(['month', 'year'])]).optional(),
  })
  .strict();
export type Treatment = z.output<typeof treatmentSchema>;

export const ROW_OPERATORS = [
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'is_null',
  'not_null',
] as const;

const rowConditionSchema = z
  .object({
    column: columnNameSchema,
    operator: z.enum(ROW_OPERATORS),
    values: z.array(z.string().max(500)).max(100).default([]),
  })
  .strict();
export type RowCondition = z.output<typeof rowConditionSchema>;

/** What of a product's rows a grant opens. */
export const grantTermsSchema = z
  .object({
    /**
     * What is shown of each column; a column that is not named is not there. Null: every column as it is. A column that
     * the product gets later stays hidden until somebody says what is shown of it.
     */
    columns: z.record(columnNameSchema, treatmentSchema).nullable().default(null),
    /** Rows that meet all of these. */
    filter: z.array(rowConditionSchema).max(20).default([]),
  })
  .strict();
export type GrantTerms = z.output<typeof grantTermsSchema>;
export type GrantTermsInput = z.input<typeof grantTermsSchema>;

/** A grant's terms, with who holds the grant. */
export interface HeldTerms extends GrantTerms {
  grantId: string;
  /**
   * Whose digests they are: a value has the same digest for one holder over the products of a domain, and another for
   * others and in other domains. Whoever publishes elsewhere cannot have digests made of values that they guess.
   */
  holder: string;
}
