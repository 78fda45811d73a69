import { z } from 'zod';
import { defineCheck } from './define-check';

export const notNull = defineCheck({
  title: 'Never empty',
  dimension: 'completeness',
  needsColumn: true,
  config: z.looseObject({}),
  compile: ({ column }) => ({ kind: 'rows', bad: `${column} is null`, looked: 'true' }),
  describe: (column) => `${column} has a value in every row`,
});
