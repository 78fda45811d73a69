import { z } from 'zod';
import { quoteIdent } from '@/lib/specs';
import { thresholdSchema } from '../threshold';
import { addressSchema, defineCheck } from './define-check';
import { STATISTIC_NAMES, STATISTICS } from './statistic';

/** A figure here and the same figure in another product, and how far they may lie apart. */
export const reconcile = defineCheck({
  title: 'Agrees with another product',
  dimension: 'consistency',
  needsColumn: false,
  config: z.looseObject({
    product: addressSchema,
    statistic: z.enum(['row_count', ...STATISTIC_NAMES]).default('row_count'),
    column: z.string().min(1).max(300).optional(),
    productColumn: z.string().min(1).max(300).optional(),
    /** How far apart the two may be, in the figure's own unit. */
    tolerance: z.number().min(0).default(0),
    threshold: thresholdSchema.optional(),
  }),
  sources: ({ product }) => [product],
  columnsOf: ({ column }) => (column ? [column] : []),
  threshold: ({ tolerance }) => ({ mustBeLessOrEqualTo: tolerance, unit: 'rows', of: 'looked' }),
  compile: ({ column, config, relationOf }) => {
    const own = config.column ? quoteIdent(config.column) : column;
    const other = quoteIdent(config.productColumn ?? config.column ?? 'x');
    if (config.statistic !== 'row_count' && !own) throw new Error('Name the column to compare');
    const figure = (name: string) =>
      config.statistic === 'row_count' ? 'count(*)' : STATISTICS[config.statistic].sql(name);
    const there = `(select ${figure(other)} from ${relationOf(config.product)})`;
    return { kind: 'value', value: `abs(${figure(own)} - ${there})` };
  },
  describe: (_column, { product, statistic, column, tolerance }) =>
    `The ${statistic.replace('_', ' ')}${column ? ` of ${column}` : ''} agrees with ${product}${tolerance > 0 ? ` to within ${tolerance}` : ''}`,
});
