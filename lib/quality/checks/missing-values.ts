import { z } from 'zod';
import { defineCheck, isOneOf, scalar, textOf } from './define-check';

/** Empty, or one of the words that stand for nothing (ODCS `missingValues`). */
export const missingValues = defineCheck({
  title: 'Nothing missing',
  dimension: 'completeness',
  needsColumn: true,
  config: z.looseObject({
    missing: z
      .array(z.union([scalar, z.null()]))
      .max(1000)
      .default([null, '']),
  }),
  compile: ({ column, type, config }) => {
    const words = config.missing.filter((value) => value !== null);
    // Beside a number, words that are no numbers cannot occur.
    const bad = [
      ...(config.missing.includes(null) ? [`${column} is null`] : []),
      ...(words.length > 0
        ? [
            `coalesce(${isOneOf(type === 'string' ? column : textOf(column, type), 'string', words)}, false)`,
          ]
        : []),
    ];
    return { kind: 'rows', bad: bad.join(' or ') || 'false', looked: 'true' };
  },
  describe: (column, { missing }) =>
    `${column} is never ${missing.map((value) => (value === null ? 'empty' : `"${value}"`)).join(' or ')}`,
});
