import { AppError, type Ctx, conflict, notFound, type Tx, type UserActor } from '@/lib/core';

/** @throws AppError unauthenticated: drafts belong to people */
export function requireAuthor(ctx: Ctx): UserActor {
  if (ctx.actor.type === 'user') return ctx.actor;
  throw new AppError('unauthenticated', 'Sign in to work on a draft.');
}

/** The caller's own draft; somebody else's does not exist for them. @throws AppError not_found */
export async function ownDraft(tx: Tx, ctx: Ctx, draftId: string) {
  const author = requireAuthor(ctx);
  const draft = await tx.productDraft.findFirst({ where: { id: draftId, authorId: author.id } });
  if (!draft) throw notFound('The draft');
  return draft;
}

/** A draft that may still change. @throws AppError not_found | conflict once it was submitted */
export async function openDraft(tx: Tx, ctx: Ctx, draftId: string) {
  const draft = await ownDraft(tx, ctx, draftId);
  if (!draft.submittedAt) return draft;
  throw conflict('This draft was submitted and no longer changes. Start a new one.', {
    submittedAt: draft.submittedAt.toISOString(),
    productId: draft.productId,
  });
}
