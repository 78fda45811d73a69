import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, can, conflict, db, notFound, requireCan, transact } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct, visibleAmong } from '@/lib/governance';

export const FollowNewestInput = z.object({
  productId: z.string().min(1).max(100),
  sourceId: z.string().min(1).max(100),
});
export type FollowNewestInput = z.input<typeof FollowNewestInput>;

export interface PinnedInput {
  sourceId: string;
  /** `domain/product` of the source. */
  address: string;
  version: string;
  canFollow: boolean;
}

/** The sources that a product reads at an older version. @throws AppError unauthenticated | forbidden | not_found */
export async function pinnedInputs(ctx: Ctx, productId: string): Promise<PinnedInput[]> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const rows = await db().productInput.findMany({
    where: { productId, version: { not: null } },
    include: {
      source: { select: { name: true, domain: { select: { name: true } } } },
      product: { select: { domainId: true, ownerId: true } },
    },
    orderBy: { alias: 'asc' },
    take: 50,
  });
  const sources = rows.map((one) => one.sourceId);
  const visible = await visibleAmong(ctx, sources);
  const shown = rows.filter((one) => visible.has(one.sourceId));
  return shown.map(({ sourceId, version, source, product }) => ({
    sourceId,
    address: `${source.domain.name}/${source.name}`,
    version: version ?? '',
    canFollow: can(ctx, 'product.operate', product),
  }));
}

/**
 * Lets a product read the newest version of a source again, from its next load on, in place of the older one that it
 * was pinned to. @throws AppError not_found | forbidden | conflict
 */
export async function followNewest(ctx: Ctx, raw: FollowNewestInput): Promise<void> {
  const { productId, sourceId } = FollowNewestInput.parse(raw);
  await transact(async (tx) => {
    const product = await tx.product.findUnique({ where: { id: productId } });
    if (!product) throw notFound('The product');
    requireCan(ctx, 'product.operate', product);
    const { count } = await tx.productInput.updateMany({
      where: { productId, sourceId, version: { not: null } },
      data: { version: null },
    });
    if (count === 0) throw conflict('It reads the newest version already.');
    audit(tx, ctx, {
      action: 'contract.follow',
      target: { type: 'product', id: productId },
      productId,
      domainId: product.domainId,
      detail: { sourceId },
    });
  });
}
