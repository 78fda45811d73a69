import { z } from 'zod';
import { defineCheck, literal, lookedAt, quoteAll, scalar, skip } from './define-check';

export const valuePairs = defineCheck({
  title: 'Pairs of a list',
  dimension: 'consistency',
  needsColumn: true,
  config: z.looseObject({
    other: z.string().min(1).max(300),
    pairs: z
      .array(z.tuple([z.union([scalar, z.null()]), z.union([scalar, z.null()])]))
      .min(1)
      .max(1000),
    skip: skip.default('all_empty'),
  }),
  columnsOf: ({ other }) => [other],
  compile: ({ column, columns, config }) => {
    const [other = ''] = quoteAll([config.other], columns);
    const value = (one: string | number | boolean | null) => (one === null ? 'null' : literal(one));
    const hits = config.pairs.map(
      ([a, b]) =>
        `(${column} is not distinct from ${value(a)} and ${other} is not distinct from ${value(b)})`,
    );
    return {
      kind: 'rows',
      bad: `not (${hits.join(' or ')})`,
      looked: lookedAt([column, other], config.skip),
    };
  },
  describe: (column, { other, pairs }) =>
    `${column} and ${other} are one of ${pairs.length} allowed pairs`,
});
