import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, forbidden, notFound, transact } from '@/lib/core';
import { auditOf, tell, writer } from '../place';
import { loadQuestion } from './load-question';

export const AcceptAnswerInput = z.object({
  answerId: z.string().min(1).max(100),
  /** False takes it back. */
  isAccepted: z.boolean().default(true),
});
export type AcceptAnswerInput = z.input<typeof AcceptAnswerInput>;

/** The asker says which answer helped. @throws AppError not_found | forbidden | conflict */
export async function acceptAnswer(ctx: Ctx, raw: AcceptAnswerInput): Promise<void> {
  const asker = writer(ctx);
  const { answerId, isAccepted } = AcceptAnswerInput.parse(raw);
  await transact(async (tx) => {
    const answer = await tx.answer.findUnique({ where: { id: answerId, hiddenAt: null } });
    if (!answer) throw notFound('This answer');
    const { place, ...question } = await loadQuestion(tx, ctx, answer.questionId);
    if (!question.isMine) throw forbidden('Only who asked the question accepts an answer.');
    const { count } = await tx.question.updateMany({
      where: { id: question.id, acceptedId: question.acceptedId, hiddenAt: null },
      data: { acceptedId: isAccepted ? answerId : null },
    });
    if (count === 0) throw conflict('The question was changed meanwhile. Look at it again.');
    audit(tx, ctx, {
      action: isAccepted ? 'question.accept' : 'question.accept.withdraw',
      target: { type: 'answer', id: answerId },
      ...auditOf(place),
    });
    if (!isAccepted || answer.authorId === asker.id) return;
    await tell(tx, place, [answer.authorId], {
      kind: 'question.accepted',
      level: 'info',
      title: `Your answer about ${place.title} was accepted`,
      dedupeKey: `question.accepted:${answerId}`,
    });
  });
}
