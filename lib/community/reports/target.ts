import { db, type Tx } from '@/lib/core';

export const REPORTABLE = ['review', 'question', 'answer'] as const;
export type Reportable = (typeof REPORTABLE)[number];

export interface Target {
  id: string;
  productId: string;
  authorId: string;
  author: string;
  text: string;
  hiddenAt: Date | null;
}

const author = { author: { select: { name: true } } };

/** The texts of one kind by id. */
export async function targetsOf(
  kind: Reportable,
  ids: readonly string[],
  tx: Tx = db(),
): Promise<Target[]> {
  const where = { id: { in: [...ids] } };
  if (kind === 'answer') {
    const include = { ...author, question: { select: { productId: true } } };
    const found = await tx.answer.findMany({ where, include });
    return found.map((one) => ({
      ...one,
      ...{ author: one.author.name, productId: one.question.productId },
    }));
  }
  const found =
    kind === 'review'
      ? await tx.review.findMany({ where: { ...where, withdrawnAt: null }, include: author })
      : await tx.question.findMany({ where, include: author });
  return found.map((one) => ({ ...one, author: one.author.name }));
}

export const targetOf = async (tx: Tx, kind: Reportable, id: string): Promise<Target | undefined> =>
  (await targetsOf(kind, [id], tx))[0];

/** Hides a text, or lets it stand again. */
export async function setHidden(
  tx: Tx,
  kind: Reportable,
  id: string,
  hiddenAt: Date | null,
): Promise<void> {
  const change = { where: { id }, data: { hiddenAt } };
  if (kind === 'review') await tx.review.updateMany(change);
  else if (kind === 'question') await tx.question.updateMany(change);
  else await tx.answer.updateMany(change);
}
