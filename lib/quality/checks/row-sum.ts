import { z } from 'zod';
import { columnList, defineCheck, lookedAt, quoteAll, skip } from './define-check';

export const rowSum = defineCheck({
  title: 'Columns add up',
  dimension: 'consistency',
  needsColumn: false,
  config: z
    .looseObject({
      columns: columnList,
      /** A number, or the column that holds the sum. */
      total: z.number().optional(),
      totalColumn: z.string().min(1).max(300).optional(),
      tolerance: z.number().min(0).default(1e-9),
      skip: skip.default('all_empty'),
    })
    .refine(({ total, totalColumn }) => (total === undefined) !== (totalColumn === undefined), {
      error: 'Give total, or the totalColumn that holds it',
    }),
  columnsOf: ({ columns, totalColumn }) => [...columns, ...(totalColumn ? [totalColumn] : [])],
  compile: ({ columns, config }) => {
    const parts = quoteAll(config.columns, columns);
    const total = config.totalColumn ? quoteAll([config.totalColumn], columns)[0] : config.total;
    const sum = parts.map((part) => `coalesce(${part}, 0)`).join(' + ');
    return {
      kind: 'rows',
      bad: `(abs((${sum}) - ${total}) <= ${config.tolerance}) is not true`,
      looked: lookedAt(parts, config.skip),
    };
  },
  describe: (_column, { columns, total, totalColumn }) =>
    `${columns.join(' + ')} is ${totalColumn ?? total}`,
});
