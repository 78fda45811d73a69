import { z } from 'zod';
import { defineCheck, ROW } from './define-check';

/** Each value follows the one before it, in the order of the rows. */
export const sequence = defineCheck({
  title: 'In order',
  dimension: 'consistency',
  needsColumn: true,
  config: z.looseObject({
    direction: z.enum(['increasing', 'decreasing']).default('increasing'),
    isStrict: z.boolean().default(false),
  }),
  compile: ({ column, config }) => {
    const sign =
      { increasing: '>', decreasing: '<' }[config.direction] + (config.isStrict ? '' : '=');
    // Empty values are passed over: each is compared with the last value before it.
    const before = `lag(${column}) over (partition by ${column} is null order by ${ROW})`;
    return {
      kind: 'rows',
      bad: `(${column} ${sign} ${before}) is false`,
      looked: `${column} is not null`,
      isAlone: true,
    };
  },
  describe: (column, { direction, isStrict }) =>
    `${column} is ${isStrict ? 'strictly ' : ''}${direction} from row to row`,
});
