import { z } from 'zod';
import { fromBounds, thresholdSchema } from '../threshold';
import { bound, boundProblem, defineCheck, isNumeric, literal } from './define-check';

export const STATISTICS = {
  mean: { sql: (c: string) => `avg(${c})`, isNumeric: true },
  median: { sql: (c: string) => `quantile_cont(${c}, 0.5)`, isNumeric: true },
  sum: { sql: (c: string) => `sum(${c})`, isNumeric: true },
  stdev: { sql: (c: string) => `stddev_samp(${c})`, isNumeric: true },
  min: { sql: (c: string) => `min(${c})`, isNumeric: false },
  max: { sql: (c: string) => `max(${c})`, isNumeric: false },
  distinct_count: { sql: (c: string) => `count(distinct ${c})`, isNumeric: false },
  distinct_share: {
    sql: (c: string) => `count(distinct ${c}) / nullif(count(${c}), 0)::double`,
    isNumeric: false,
  },
  quantile: { sql: (c: string, at = 0.5) => `quantile_cont(${c}, ${at})`, isNumeric: true },
} as const;
export type Statistic = keyof typeof STATISTICS;
export const STATISTIC_NAMES = Object.keys(STATISTICS) as [Statistic, ...Statistic[]];

/** A figure about a whole column, within bounds. */
export const statistic = defineCheck({
  title: 'Figure of a column',
  dimension: 'distribution',
  needsColumn: true,
  config: z
    .looseObject({
      statistic: z.enum(STATISTIC_NAMES),
      quantile: z.number().min(0).max(1).optional(),
      min: bound.nullish(),
      max: bound.nullish(),
      isMinStrict: z.boolean().optional(),
      isMaxStrict: z.boolean().optional(),
      threshold: thresholdSchema.optional(),
    })
    .refine(({ min, max, threshold }) => min != null || max != null || threshold, {
      error: 'Give min, max or both',
    })
    .refine(({ min, max }) => !(typeof min === 'number' && typeof max === 'number' && min > max), {
      error: 'min is larger than max: no value could be good',
    }),
  threshold: ({ min, max, isMinStrict, isMaxStrict }) =>
    typeof min === 'string' || typeof max === 'string'
      ? null
      : fromBounds({ min, max, isMinStrict, isMaxStrict }),
  compile: ({ column, columnName, type, config }) => {
    const found = STATISTICS[config.statistic];
    const isFlag = type === 'boolean';
    if (found.isNumeric && type !== null && !isNumeric(type) && !isFlag) {
      throw new Error(`${columnName} holds ${type}s, which have no ${config.statistic}`);
    }
    const isOfType = config.statistic === 'min' || config.statistic === 'max';
    const { min, max, isMinStrict, isMaxStrict } = config;
    const problem = isOfType && (boundProblem(type, min) ?? boundProblem(type, max));
    if (problem) throw new Error(problem);
    const operand = found.isNumeric && isFlag ? `cast(${column} as int)` : column;
    const value = found.sql(operand, config.quantile);
    if (typeof min !== 'string' && typeof max !== 'string') return { kind: 'value', value };
    const tests = [
      min == null ? [] : `${value} ${isMinStrict ? '>' : '>='} ${literal(min)}`,
      max == null ? [] : `${value} ${isMaxStrict ? '<' : '<='} ${literal(max)}`,
    ].flat();
    return { kind: 'value', value: `count(${column})`, ok: tests.join(' and ') };
  },
  describe: (column, { statistic: name, quantile, min, max }) =>
    `The ${name.replace('_', ' ')}${name === 'quantile' ? ` ${quantile ?? 0.5}` : ''} of ${column} is ${[min == null ? '' : `at least ${min}`, max == null ? '' : `at most ${max}`].filter(Boolean).join(' and ')}`,
});
