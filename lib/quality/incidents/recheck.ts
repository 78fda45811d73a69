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
  type Tx,
  transact,
} from '@/lib/core';

import { requireVisibleProduct } from '@/lib/governance';

export const RecheckInput = z.object({ productId: z.string().min(1).max(100) });
export type RecheckInput = z.input<typeof RecheckInput>;

/**
 * Runs the rules again over what is served; the run ends incidents whose rule is met. One that waits already is enough.
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
  return transact(async (tx) => {
    await tx.$queryRaw`select 1 from product where id = ${productId} for update`;
    const waiting = await waitingJob(tx, productId);
    if (waiting) return { jobId: waiting };
    const jobId = `quality:${productId}:${newId()}`;
    await enqueue(tx, { workflow: 'quality', queue: 'quality', key: jobId, args: [productId] });
    audit(tx, ctx, {
      action: 'quality.run',
      target: { type: 'product', id: productId },
      productId,
      domainId: product.domainId,
    });
    return { jobId };
  });
}

/** A run that has not begun looks at the rules as they are when it does: nobody needs a second one. */
async function waitingJob(tx: Tx, productId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select workflow_uuid as id from dbos.workflow_status
    where name = 'quality' and status = 'ENQUEUED'
      and starts_with(workflow_uuid, ${`quality:${productId}:`}) limit 1`;
  return row?.id ?? null;
}
