import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, now, transact } from '@/lib/core';
import { auditOf, requireRepresentative, tell, writer } from '../place';
import { loadQuestion } from './load-question';

export const CloseQuestionInput = z.object({
  questionId: z.string().min(1).max(100),
  /** False opens it again. */
  isClosed: z.boolean().default(true),
});
export type CloseQuestionInput = z.input<typeof CloseQuestionInput>;

/**
 * Who asked, or speaks for the product, ends a question: it takes no more answers. The asker is told.
 * @throws AppError not_found | forbidden | conflict
 */
export async function closeQuestion(ctx: Ctx, raw: CloseQuestionInput): Promise<void> {
  writer(ctx);
  const { questionId, isClosed } = CloseQuestionInput.parse(raw);
  await transact(async (tx) => {
    const { place, isMine, authorId } = await loadQuestion(tx, ctx, questionId);
    if (!isMine) requireRepresentative(ctx, place);
    const { count } = await tx.question.updateMany({
      where: { id: questionId, closedAt: isClosed ? null : { not: null } },
      data: { closedAt: isClosed ? now() : null },
    });
    if (count === 0) throw conflict(`The question is ${isClosed ? 'closed' : 'open'} already.`);
    audit(tx, ctx, {
      action: isClosed ? 'question.close' : 'question.reopen',
      target: { type: 'question', id: questionId },
      ...auditOf(place),
    });
    if (isMine) return;
    await tell(tx, place, [authorId], {
      kind: 'question.answered',
      level: 'info',
      title: `Your question about ${place.title} was ${isClosed ? 'closed' : 'opened again'}`,
    });
  });
}
