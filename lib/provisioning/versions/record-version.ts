import { newId, now, type Tx } from '@/lib/core';

/**
 * Writes down the contract that a product serves as the version in force, when none is: its first, from the moment
 * it goes live. Safe to call twice.
 */
export async function recordVersion(tx: Tx, productId: string): Promise<void> {
  const held = await tx.contractVersion.findFirst({ where: { productId, status: 'active' } });
  if (held) return;
  const product = await tx.product.findUniqueOrThrow({ where: { id: productId } });
  const pipeline = await tx.pipeline.findUnique({ where: { productId } });
  await tx.contractVersion.create({
    data: {
      id: newId(),
      productId,
      version: product.version,
      status: 'active',
      descriptor: product.descriptor as object,
      etl: (pipeline?.spec ?? {}) as object,
      environment: 'production',
      authorId: product.ownerId,
      createdAt: now(),
      activatedAt: now(),
    },
  });
}
