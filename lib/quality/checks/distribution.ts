import { z } from 'zod';
import { fromBounds, thresholdSchema } from '../threshold';
import { defineCheck } from './define-check';

/**
 * The share of each value is what was expected. Measured as the total variation distance: half the sum of the
 * differences, 0 when all shares are alike and 1 when nothing is.
 */
export const distribution = defineCheck({
  title: 'Spread as expected',
  dimension: 'distribution',
  needsColumn: true,
  config: z.looseObject({
    /** Value → share; shares are scaled to add up to 1. */
    expected: z
      .record(z.string().max(300), z.number().min(0))
      .refine((shares) => Object.values(shares).some((share) => share > 0), {
        error: 'Give the expected share of at least one value',
      }),
    maxDistance: z.number().min(0).max(1).default(0.1),
    threshold: thresholdSchema.optional(),
  }),
  threshold: ({ maxDistance }) => fromBounds({ max: maxDistance }),
  compile: ({ column, config }) => ({
    kind: 'shares',
    column,
    looked: `${column} is not null`,
    expected: config.expected,
  }),
  describe: (column, { expected, maxDistance }) =>
    `The shares of ${Object.keys(expected).length} values of ${column} are as expected, to within ${maxDistance}`,
});
