import { type Ctx, can, db, notFound } from '@/lib/core';

/**
 * A product whose description is open to everybody who is signed in: every one but drafts, which only their
 * owner and who may operate them see.
 * @throws AppError not_found, for a draft of somebody else too
 */
export async function requireVisibleProduct(ctx: Ctx, productId: string): Promise<void> {
  const product = await db().product.findUnique({
    where: { id: productId },
    select: { status: true, domainId: true, ownerId: true },
  });
  if (!product || (product.status === 'draft' && !can(ctx, 'product.operate', product))) {
    throw notFound('This product');
  }
}
