import { z } from 'zod';
import { defineCheck, isOneOf, listWords, valueList } from './define-check';

export const rejectedValues = defineCheck({
  title: 'None of a list',
  dimension: 'accuracy',
  needsColumn: true,
  config: z.looseObject({ values: valueList }),
  compile: ({ column, type, config }) => ({
    kind: 'rows',
    bad: isOneOf(column, type, config.values),
    looked: `${column} is not null`,
  }),
  describe: (column, config) => `${column} is never ${listWords(config.values)}`,
});
