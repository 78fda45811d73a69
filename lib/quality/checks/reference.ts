import { z } from 'zod';
import { quoteIdent } from '@/lib/specs';
import { addressSchema, defineCheck } from './define-check';

/** Every value occurs in a column of another product. */
export const reference = defineCheck({
  title: 'Known to another product',
  dimension: 'accuracy',
  needsColumn: true,
  config: z.looseObject({ product: addressSchema, productColumn: z.string().min(1).max(300) }),
  sources: ({ product }) => [product],
  compile: ({ column, config, relationOf }) => {
    const other = quoteIdent(config.productColumn);
    // Both sides as text: a key may be a number here and text there.
    const known = `select cast(${other} as varchar) from ${relationOf(config.product)} where ${other} is not null`;
    return {
      kind: 'rows',
      bad: `cast(${column} as varchar) not in (${known})`,
      looked: `${column} is not null`,
      isAlone: true,
    };
  },
  describe: (column, { product, productColumn }) =>
    `Every ${column} occurs as ${productColumn} in ${product}`,
});
