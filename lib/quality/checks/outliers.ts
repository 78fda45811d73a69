import { z } from 'zod';
import { defineCheck, isNumeric } from './define-check';

/** Far from the mean, in standard deviations. */
export const outliers = defineCheck({
  title: 'No outliers',
  dimension: 'distribution',
  needsColumn: true,
  config: z.looseObject({
    maxDeviations: z.number().positive().default(3),
    isDoubleSided: z.boolean().default(true),
  }),
  compile: ({ column, type, config }) => {
    if (type !== null && !isNumeric(type)) throw new Error(`Only numbers deviate, not ${type}s`);
    const away = `(${column} - avg(${column}) over ()) / nullif(stddev_samp(${column}) over (), 0)`;
    const far = config.isDoubleSided ? `abs(${away})` : away;
    return {
      kind: 'rows',
      bad: `coalesce(${far} >= ${config.maxDeviations}, false)`,
      looked: `${column} is not null`,
      isAlone: true,
    };
  },
  describe: (column, { maxDeviations }) =>
    `${column} lies less than ${maxDeviations} standard deviations from its mean`,
});
