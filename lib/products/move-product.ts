import { conflict, type Tx } from '@/lib/core';
import { endCertification } from '@/lib/governance';
import { assertTransition, type ProductStatus } from './lifecycle';

interface Along {
  retiredAt?: Date;
}

/**
 * The one way of a product to its next status: as the lifecycle allows, and only from what was read.
 * @throws AppError conflict
 */
export async function moveProduct(
  tx: Tx,
  id: string,
  to: ProductStatus,
  along: Along = {},
): Promise<void> {
  const { status } = await tx.product.findUniqueOrThrow({
    where: { id },
    select: { status: true },
  });
  assertTransition(status, to);
  const { count } = await tx.product.updateMany({
    where: { id, status },
    data: { ...along, status: to },
  });
  if (count === 0) throw conflict('The product was changed meanwhile. Reload it and try again.');
  if (status === 'production' && to !== 'production') {
    const reason = `The product is ${to}. Only what is in production is certified.`;
    await endCertification(tx, id, 'left_production', reason);
  }
}
