import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, forbidden, newId, now, transact } from '@/lib/core';
import { textOf } from '@/lib/specs';
import { requirePace } from '../pace';
import { auditOf, isConsumer, represents, tell, writer } from '../place';
import { excerpt } from '../text';
import { loadQuestion } from './load-question';

export const AnswerQuestionInput = z.object({
  questionId: z.string().min(1).max(100),
  text: textOf(4000, 1, 'Write your answer'),
});
export type AnswerQuestionInput = z.input<typeof AnswerQuestionInput>;

/**
 * Who speaks for the product answers, and its consumers, who know it; the asker is told, and adds what is missing.
 * @throws AppError not_found | forbidden | conflict (closed) | rate_limited
 */
export async function answerQuestion(
  ctx: Ctx,
  raw: AnswerQuestionInput,
): Promise<{ answerId: string }> {
  const author = writer(ctx);
  const { questionId, text } = AnswerQuestionInput.parse(raw);
  const answerId = newId();
  await transact(async (tx) => {
    const question = await loadQuestion(tx, ctx, questionId);
    const { place } = question;
    const isFromOwner = represents(ctx, place);
    if (!isFromOwner && !question.isMine && !(await isConsumer(ctx, place, tx))) {
      throw forbidden(
        'Questions are answered by the owner, the data admins of the domain, and consumers: people with a grant who have read the rows.',
      );
    }
    await requirePace(tx, author.id);
    // An answer at the moment of closing comes before it or not at all.
    const { count } = await tx.question.updateMany({
      where: { id: questionId, closedAt: null, hiddenAt: null },
      data: { closedAt: null },
    });
    if (count === 0) throw conflict('The question is closed. Ask a new one.');
    await tx.answer.create({
      data: { id: answerId, questionId, authorId: author.id, text, isFromOwner, createdAt: now() },
    });
    audit(tx, ctx, {
      action: 'question.answer',
      target: { type: 'answer', id: answerId },
      ...auditOf(place),
    });
    const told = question.isMine ? place.ownerId : question.authorId;
    if (told === author.id) return;
    await tell(tx, place, [told], {
      kind: question.isMine ? 'question.asked' : 'question.answered',
      level: 'info',
      title: question.isMine
        ? `More on a question about ${place.title}`
        : `Your question about ${place.title} has an answer`,
      body: excerpt(text),
    });
  });
  return { answerId };
}
