import type { Tx } from '@/lib/core';
import { scoreOf } from './score';

/** Writes anew what a product's reviews come to, from the reviews themselves; after each change of one. */
export async function rateProduct(tx: Tx, productId: string): Promise<void> {
  // Two reviews at once would each miss the other.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`rating:${productId}`}, 0))::text`;
  const { _count: count, _sum: sum } = await tx.review.aggregate({
    where: { productId, withdrawnAt: null, hiddenAt: null },
    _count: true,
    _sum: { stars: true },
  });
  if (count === 0) return void (await tx.productRating.deleteMany({ where: { productId } }));
  const stars = sum.stars ?? 0;
  const data = { count, average: stars / count, score: scoreOf(count, stars) };
  await tx.productRating.upsert({
    where: { productId },
    create: { productId, ...data },
    update: data,
  });
}
