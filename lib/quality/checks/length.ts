import { z } from 'zod';
import { defineCheck } from './define-check';

export const length = defineCheck({
  title: 'Length of the text',
  dimension: 'accuracy',
  needsColumn: true,
  config: z
    .looseObject({
      min: z.int('A length is a whole number').min(0).nullish(),
      max: z.int('A length is a whole number').min(0).nullish(),
    })
    .refine(({ min, max }) => min != null || max != null, { error: 'Give min, max or both' })
    .refine(({ min, max }) => min == null || max == null || min <= max, {
      error: 'min is larger than max: no value could be good',
    }),
  compile: ({ column, type, config }) => {
    if (type !== null && type !== 'string') throw new Error(`Only text has a length, not ${type}`);
    const { min, max } = config;
    const broken = [
      min == null ? [] : `length(${column}) < ${min}`,
      max == null ? [] : `length(${column}) > ${max}`,
    ].flat();
    return { kind: 'rows', bad: broken.join(' or '), looked: `${column} is not null` };
  },
  describe: (column, { min, max }) =>
    min === max
      ? `${column} has ${min} characters`
      : `${column} has ${[min == null ? '' : `at least ${min}`, max == null ? '' : `at most ${max}`].filter(Boolean).join(' and ')} characters`,
});
