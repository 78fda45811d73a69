import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, notFound, now, transact } from '@/lib/core';
import { textOf } from '@/lib/specs';
import { auditOf, placeOf, requireRepresentative, tell, writer } from '../place';
import { excerpt } from '../text';

export const AnswerReviewInput = z.object({
  reviewId: z.string().min(1).max(100),
  /** Empty takes the answer back. */
  text: textOf(4000, 0, ''),
});
export type AnswerReviewInput = z.input<typeof AnswerReviewInput>;

/** The owner's one answer under a review; its author is told. @throws AppError not_found | forbidden | conflict */
export async function answerReview(ctx: Ctx, raw: AnswerReviewInput): Promise<void> {
  const replier = writer(ctx);
  const { reviewId, text } = AnswerReviewInput.parse(raw);
  await transact(async (tx) => {
    const review = await tx.review.findUnique({ where: { id: reviewId } });
    if (!review) throw notFound('This review');
    const place = await placeOf(ctx, review.productId);
    requireRepresentative(ctx, place);
    const { count } = await tx.review.updateMany({
      where: { id: reviewId, rev: review.rev, withdrawnAt: null, hiddenAt: null },
      data: text
        ? { reply: text, replierId: replier.id, repliedAt: now() }
        : { reply: '', replierId: null, repliedAt: null },
    });
    if (count === 0) throw conflict('The review was changed, withdrawn or hidden meanwhile.');
    audit(tx, ctx, {
      action: 'review.answer',
      target: { type: 'review', id: reviewId },
      ...auditOf(place),
      detail: changed({ isAnswered: review.reply !== '' }, { isAnswered: text !== '' }),
    });
    if (!text) return;
    await tell(tx, place, [review.authorId], {
      kind: 'review.answered',
      level: 'info',
      title: `The owner of ${place.title} answered your review`,
      body: excerpt(text),
    });
  });
}
