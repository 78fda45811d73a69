import { z } from 'zod';
import { columnList, defineCheck, lookedAt, quoteAll, skip } from './define-check';

export const distinctInRow = defineCheck({
  title: 'Columns differ within a row',
  dimension: 'consistency',
  needsColumn: false,
  config: z.looseObject({ columns: columnList, skip: skip.default('all_empty') }),
  columnsOf: ({ columns }) => columns,
  compile: ({ columns, config }) => {
    const parts = quoteAll(config.columns, columns);
    const clashes = parts.flatMap((a, at) =>
      parts.slice(at + 1).map((b) => `${a} is not distinct from ${b}`),
    );
    return {
      kind: 'rows',
      bad: clashes.join(' or ') || 'false',
      looked: lookedAt(parts, config.skip),
    };
  },
  describe: (_column, { columns }) => `${columns.join(', ')} differ from each other in every row`,
});
