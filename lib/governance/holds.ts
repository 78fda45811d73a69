import { db, type Tx } from '@/lib/core';

/** The legal holds in force over products, each product's own and its domain's. */
export async function holdsOn(
  productIds: readonly string[],
  tx: Tx = db(),
): Promise<Map<string, string[]>> {
  const products = await tx.product.findMany({
    where: { id: { in: [...productIds] } },
    select: { id: true, domainId: true },
  });
  const holds = await tx.legalHold.findMany({
    where: {
      releasedAt: null,
      OR: [
        { productId: { in: products.map((one) => one.id) } },
        { domainId: { in: products.map((one) => one.domainId) } },
      ],
    },
    select: { id: true, productId: true, domainId: true },
  });
  const found = new Map<string, string[]>();
  for (const { id, domainId } of products) {
    const own = holds.filter((hold) => hold.productId === id || hold.domainId === domainId);
    if (own.length > 0)
      found.set(
        id,
        own.map((hold) => hold.id),
      );
  }
  return found;
}

/** Nothing of a product under a legal hold is destroyed, whoever asks. */
export const isHeld = async (productId: string, tx: Tx = db()): Promise<boolean> =>
  (await holdsOn([productId], tx)).has(productId);
