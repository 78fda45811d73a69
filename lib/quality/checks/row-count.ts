import { z } from 'zod';
import { fromBounds, thresholdSchema } from '../threshold';
import { defineCheck } from './define-check';

const whole = z.int('A number of rows is a whole number').min(0);
export const rowCount = defineCheck({
  title: 'Number of rows',
  dimension: 'volume',
  needsColumn: false,
  config: z
    .looseObject({
      min: whole.nullish(),
      max: whole.nullish(),
      threshold: thresholdSchema.optional(),
    })
    .refine(({ min, max }) => min == null || max == null || min <= max, {
      error: 'min is larger than max: no number of rows could be good',
    }),
  threshold: (config) => fromBounds(config) ?? fromBounds({ min: 0 }),
  compile: () => ({ kind: 'value', value: 'count(*)' }),
  describe: (_column, { min, max }) =>
    `The number of rows is ${[min == null ? '' : `at least ${min}`, max == null ? '' : `at most ${max}`].filter(Boolean).join(' and ') || 'known'}`,
});
