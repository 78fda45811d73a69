import { z } from 'zod';
import { quoteLiteral } from '@/lib/specs';
import { defineCheck, textOf } from './define-check';

/** Text that reads as something else: a date, a number, JSON, a time in a given form (strptime). */
export const parseable = defineCheck({
  title: 'Can be read as',
  dimension: 'accuracy',
  needsColumn: true,
  config: z
    .looseObject({
      as: z.enum(['date', 'timestamp', 'number', 'json', 'format']),
      format: z.string().min(1).max(100).optional(),
    })
    .refine(({ as, format }) => as !== 'format' || format, {
      error: 'Give the form, for example %Y-%m-%d',
    }),
  compile: ({ column, type, config }) => {
    const text = textOf(column, type);
    const reads = {
      date: `try_cast(${text} as date) is not null`,
      timestamp: `try_cast(${text} as timestamp) is not null`,
      number: `try_cast(${text} as double) is not null`,
      json: `json_valid(${text})`,
      format: `try_strptime(${text}, ${quoteLiteral(config.format ?? '').trim()}) is not null`,
    }[config.as];
    return { kind: 'rows', bad: `not (${reads})`, looked: `${column} is not null` };
  },
  describe: (column, { as, format }) => `${column} can be read as ${as === 'format' ? format : as}`,
});
