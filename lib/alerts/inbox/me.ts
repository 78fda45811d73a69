import { AppError, type Ctx, forbidden, hasScope } from '@/lib/core';

/** What people are told is theirs alone: no token and no role reaches another's. */
export function me(ctx: Ctx): string {
  if (ctx.actor.type === 'user') {
    if (hasScope(ctx.actor, 'governance:read')) return ctx.actor.id;
    throw forbidden('This API token lacks the scope governance:read. Use one that has it.');
  }
  throw new AppError('unauthenticated', 'Sign in to read your inbox.');
}
