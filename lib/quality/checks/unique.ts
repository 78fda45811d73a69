import { z } from 'zod';
import { columnList, defineCheck, lookedAt, quoteAll, skip } from './define-check';

/**
 * One column or several together. `count` says what is counted: rows that repeat an earlier one, all rows that
 * share their value, or the values that occur more than once (ODCS `duplicateValues`).
 */
export const unique = defineCheck({
  title: 'Never repeats',
  dimension: 'uniqueness',
  needsColumn: false,
  config: z.looseObject({
    columns: columnList.optional(),
    count: z.enum(['repeats', 'rows', 'values']).default('repeats'),
    skip: skip.default('all_empty'),
  }),
  columnsOf: ({ columns }) => columns ?? [],
  compile: ({ column, columns, config }) => {
    const named = config.columns ? quoteAll(config.columns, columns) : column ? [column] : [];
    if (named.length === 0) throw new Error('The check unique needs a column');
    return {
      kind: 'unique',
      columns: named,
      looked: lookedAt(named, config.skip),
      count: config.count,
    };
  },
  describe: (column, { columns }) =>
    columns && columns.length > 1
      ? `${columns.join(' and ')} together never repeat`
      : `${columns?.[0] ?? column} never repeats`,
});
