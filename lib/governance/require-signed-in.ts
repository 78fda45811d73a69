import { AppError, type Ctx, forbidden, hasScope, type TokenScope } from '@/lib/core';

/** Policies and who may reach what are open to every signed-in person; a token needs one of the scopes. */
export function requireSignedIn(ctx: Ctx, scopes: TokenScope[]): void {
  const { actor } = ctx;
  if (actor.type === 'system') return;
  if (actor.type === 'anonymous') throw new AppError('unauthenticated', 'Sign in to see this.');
  if (scopes.some((scope) => hasScope(actor, scope))) return;
  throw forbidden(`This API token lacks the scope ${scopes.join(' or ')}. Use one that has it.`, {
    scopes,
  });
}
