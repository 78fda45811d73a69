import type { Ctx } from '@/lib/core';
import type { EtlSpec } from '@/lib/platform';
import { requireSourceProduct } from '@/lib/products/source-products';

/**
 * Rows are loaded with the rights of the product's owner, so whoever says what is read of a source has to be allowed
 * to read it. @throws AppError not_found | forbidden | precondition
 */
export async function requireInputs(ctx: Ctx, extract: EtlSpec['extract']): Promise<void> {
  if (extract.kind === 'product') await requireSourceProduct(ctx, extract.label);
  if (extract.kind !== 'sql') return;
  for (const { product } of extract.inputs) await requireSourceProduct(ctx, product);
}
