import { AppError, type Ctx, forbidden, hasScope, type TokenScope } from '@/lib/core';

/**
 * Catalogue metadata is for every signed-in person, whatever their roles; a token needs one of `scopes`.
 * @throws AppError unauthenticated | forbidden
 */
export function requireCatalog(ctx: Ctx, scopes: TokenScope[] = ['catalog:read']): void {
  const { actor } = ctx;
  if (actor.type === 'system') return;
  if (actor.type === 'anonymous') {
    throw new AppError(
      'unauthenticated',
      'Sign in, or send an API token as "Authorization: Bearer …", to read the catalogue.',
    );
  }
  if (scopes.some((scope) => hasScope(actor, scope))) return;
  throw forbidden(`This API token lacks the scope ${scopes.join(' or ')}. Use one that has it.`, {
    scope: scopes[0],
  });
}
