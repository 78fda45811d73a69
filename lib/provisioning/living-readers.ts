import type { Tx } from '@/lib/core';

/** `domain/name` of each living product that reads this one. */
export async function livingReaders(tx: Tx, productId: string): Promise<string[]> {
  const inputs = await tx.productInput.findMany({
    where: { sourceId: productId, product: { status: { notIn: ['draft', 'retired'] } } },
    include: { product: { include: { domain: { select: { name: true } } } } },
  });
  const names = inputs.map(({ product }) => `${product.domain.name}/${product.name}`);
  return [...new Set(names)].sort();
}
