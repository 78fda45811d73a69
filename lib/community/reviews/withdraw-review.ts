import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, notFound, now, transact } from '@/lib/core';
import { auditOf, placeOf, writer } from '../place';
import { rateProduct } from './rate-product';

export const WithdrawReviewInput = z.object({ reviewId: z.string().min(1).max(100) });
export type WithdrawReviewInput = z.input<typeof WithdrawReviewInput>;

/** The author takes their review back; writing again lets it stand again. @throws AppError not_found | conflict */
export async function withdrawReview(ctx: Ctx, raw: WithdrawReviewInput): Promise<void> {
  const author = writer(ctx);
  const { reviewId } = WithdrawReviewInput.parse(raw);
  await transact(async (tx) => {
    const review = await tx.review.findUnique({ where: { id: reviewId } });
    if (review?.authorId !== author.id) throw notFound('This review of yours');
    const place = await placeOf(ctx, review.productId);
    const { count } = await tx.review.updateMany({
      where: { id: reviewId, withdrawnAt: null },
      data: { withdrawnAt: now() },
    });
    if (count === 0) throw conflict('Your review is withdrawn already.');
    await rateProduct(tx, place.id);
    audit(tx, ctx, {
      action: 'review.withdraw',
      target: { type: 'review', id: reviewId },
      ...auditOf(place),
    });
  });
}
