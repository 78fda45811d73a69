import { z } from 'zod';
import { thresholdSchema } from '../threshold';
import { addressSchema, defineCheck } from './define-check';

/** Somebody's own SELECT over the product's rows, named `data`, and over other products under names of their own. */
export const sql = defineCheck({
  title: 'Own SQL',
  dimension: 'accuracy',
  needsColumn: false,
  config: z.looseObject({
    sql: z.string().regex(/\S/, 'Write one SELECT statement').max(20_000),
    /** Name in the statement → product. */
    inputs: z.record(z.string().regex(/^[A-Za-z_]\w{0,62}$/), addressSchema).default({}),
    /** Names under which the product's own rows are read, beside `data`. */
    names: z
      .array(z.string().regex(/^[A-Za-z_]\w{0,62}$/))
      .max(10)
      .default([]),
    /** The SELECT gives one number; or it gives the rows that break the rule. */
    gives: z.enum(['value', 'rows']).default('value'),
    threshold: thresholdSchema.optional(),
  }),
  sources: ({ inputs }) => Object.values(inputs),
  compile: ({ config }) => {
    const plain = config.sql.trim().replace(/;\s*$/, '');
    return {
      kind: 'sql',
      sql: config.gives === 'rows' ? `select count(*) from (\n${plain}\n) as bad_rows` : plain,
    };
  },
  describe: (_column, config) =>
    config.gives === 'rows' ? 'The query finds no bad rows' : 'The query’s value is good',
});
