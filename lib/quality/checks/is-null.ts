import { z } from 'zod';
import { defineCheck } from './define-check';

export const isNull = defineCheck({
  title: 'Always empty',
  dimension: 'completeness',
  needsColumn: true,
  config: z.looseObject({}),
  compile: ({ column }) => ({ kind: 'rows', bad: `${column} is not null`, looked: 'true' }),
  describe: (column) => `${column} is empty in every row`,
});
