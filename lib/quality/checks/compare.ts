import { z } from 'zod';
import { defineCheck, isNumeric, lookedAt, quoteAll, skip } from './define-check';

const COMPARISONS = {
  equal: ['is not distinct from', 'equals'],
  different: ['is distinct from', 'differs from'],
  less: ['<', 'is less than'],
  less_or_equal: ['<=', 'is at most'],
  greater: ['>', 'is greater than'],
  greater_or_equal: ['>=', 'is at least'],
} as const;

export const compare = defineCheck({
  title: 'Compared with another column',
  dimension: 'consistency',
  needsColumn: true,
  config: z.looseObject({
    comparison: z.enum(Object.keys(COMPARISONS) as [keyof typeof COMPARISONS]),
    other: z.string().min(1).max(300),
    skip: skip.default('any_empty'),
  }),
  columnsOf: ({ other }) => [other],
  compile: ({ column, columnName, columns, type, config }) => {
    const [other = ''] = quoteAll([config.other], columns);
    const otherType = columns.get(config.other) ?? null;
    if (type && otherType && type !== otherType && isNumeric(type) !== isNumeric(otherType)) {
      throw new Error(
        `${columnName} is ${type} and ${config.other} is ${otherType}: they cannot be compared`,
      );
    }
    const [sign] = COMPARISONS[config.comparison];
    return {
      kind: 'rows',
      bad: `(${column} ${sign} ${other}) is not true`,
      looked: lookedAt([column, other], config.skip),
    };
  },
  describe: (column, { comparison, other }) => `${column} ${COMPARISONS[comparison][1]} ${other}`,
});
