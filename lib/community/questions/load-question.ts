import { type Ctx, can, notFound, type Tx } from '@/lib/core';
import { placeOf } from '../place';

/** A question with its product, for whoever may see both. @throws AppError not_found */
export async function loadQuestion(tx: Tx, ctx: Ctx, questionId: string) {
  const question = await tx.question.findUnique({ where: { id: questionId } });
  const isMine = ctx.actor.type === 'user' && question?.authorId === ctx.actor.id;
  if (!question || (question.hiddenAt && !isMine && !can(ctx, 'community.moderate'))) {
    throw notFound('This question');
  }
  return { ...question, isMine, place: await placeOf(ctx, question.productId) };
}
