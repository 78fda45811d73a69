import {
  AppError,
  type Ctx,
  conflict,
  forbidden,
  hasScope,
  notFound,
  type Tx,
  type UserActor,
} from '@/lib/core';

/** @throws AppError unauthenticated: drafts belong to people; forbidden for a token without the scope */
export function requireAuthor({ actor }: Ctx): UserActor {
  if (actor.type !== 'user') {
    throw new AppError('unauthenticated', 'Sign in to work on a draft.');
  }
  if (hasScope(actor, 'products:write')) return actor;
  throw forbidden('This API token lacks the scope products:write. Use one that has it.', {
    scope: 'products:write',
  });
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
