import { z } from 'zod';
import { bound, boundProblem, defineCheck, literal } from './define-check';

export const range = defineCheck({
  title: 'Within a range',
  dimension: 'accuracy',
  needsColumn: true,
  config: z
    .looseObject({
      min: bound.nullish(),
      max: bound.nullish(),
      /** The bound itself is not allowed. */
      isMinStrict: z.boolean().optional(),
      isMaxStrict: z.boolean().optional(),
    })
    .refine(({ min, max }) => min != null || max != null, { error: 'Give min, max or both' })
    .refine(({ min, max }) => !isReversed(min, max), {
      error: 'min is larger than max: no value could be good',
    }),
  compile: ({ column, type, config }) => {
    const { min, max, isMinStrict, isMaxStrict } = config;
    const problem = boundProblem(type, min) ?? boundProblem(type, max);
    if (problem) throw new Error(problem);
    const broken = [
      min == null ? [] : `${column} ${isMinStrict ? '<=' : '<'} ${literal(min)}`,
      max == null ? [] : `${column} ${isMaxStrict ? '>=' : '>'} ${literal(max)}`,
    ].flat();
    return { kind: 'rows', bad: broken.join(' or '), looked: `${column} is not null` };
  },
  describe: (column, { min, max, isMinStrict, isMaxStrict }) =>
    `${column} is ${[
      min == null ? '' : `${isMinStrict ? 'more than' : 'at least'} ${min}`,
      max == null ? '' : `${isMaxStrict ? 'less than' : 'at most'} ${max}`,
    ]
      .filter(Boolean)
      .join(' and ')}`,
});

function isReversed(min: unknown, max: unknown): boolean {
  if (typeof min === 'number' && typeof max === 'number') return min > max;
  return false;
}
