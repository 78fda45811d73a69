import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, newId, now, transact } from '@/lib/core';
import { textOf } from '@/lib/specs';
import { requirePace } from '../pace';
import { auditOf, placeOf, tell, writer } from '../place';
import { excerpt } from '../text';

export const AskQuestionInput = z.object({
  productId: z.string().min(1).max(100),
  text: textOf(2000, 5, 'Write your question'),
});
export type AskQuestionInput = z.input<typeof AskQuestionInput>;

/** Anybody who may find a product asks its owner, for everybody to read. @throws AppError not_found | rate_limited */
export async function askQuestion(
  ctx: Ctx,
  raw: AskQuestionInput,
): Promise<{ questionId: string }> {
  const author = writer(ctx);
  const { productId, text } = AskQuestionInput.parse(raw);
  const place = await placeOf(ctx, productId);
  const questionId = newId();
  await transact(async (tx) => {
    await requirePace(tx, author.id);
    await tx.question.create({
      data: { id: questionId, productId: place.id, authorId: author.id, text, createdAt: now() },
    });
    audit(tx, ctx, {
      action: 'question.ask',
      target: { type: 'question', id: questionId },
      ...auditOf(place),
    });
    const told = [place.ownerId].filter((id) => id !== author.id);
    await tell(tx, place, told, {
      kind: 'question.asked',
      level: 'info',
      title: `Somebody asks about ${place.title}`,
      body: excerpt(text),
    });
  });
  return { questionId };
}
