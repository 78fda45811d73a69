import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  db,
  enqueue,
  newId,
  notFound,
  precondition,
  requireCan,
  transact,
} from '@/lib/core';

import { requireVisibleProduct } from '@/lib/governance';

export const RecheckInput = z.object({ productId: z.string().min(1).max(100) });
export type RecheckInput = z.input<typeof RecheckInput>;

/**
 * Runs the rules again over what is served; the run ends incidents whose rule is met.
 * @throws AppError not_found | forbidden | precondition when nothing is served
 */
export async function recheckQuality(ctx: Ctx, raw: RecheckInput): Promise<{ jobId: string }> {
  const { productId } = RecheckInput.parse(raw);
  await requireVisibleProduct(ctx, productId);
  const product = await db().product.findUnique({
    where: { id: productId },
    include: { environments: { where: { environment: 'production', status: 'live' } } },
  });
  if (!product) throw notFound('This product');
  requireCan(ctx, 'quality.manage', product);
  if (!product.environments[0]?.snapshotId) {
    throw precondition('Nothing is served, so there is nothing to check. Load the product first.');
  }
  const jobId = `quality:${productId}:${newId()}`;
  await transact(async (tx) => {
    await enqueue(tx, { workflow: 'quality', queue: 'quality', key: jobId, args: [productId] });
    audit(tx, ctx, {
      action: 'quality.run',
      target: { type: 'product', id: productId },
      productId,
      domainId: product.domainId,
    });
  });
  return { jobId };
}
