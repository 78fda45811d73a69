import { AppError, type Ctx, forbidden, type UserActor } from '@/lib/core';

/** @throws AppError unauthenticated */
export function requireUser(ctx: Ctx): UserActor {
  if (ctx.actor.type !== 'user') throw new AppError('unauthenticated', 'Sign in to do this.');
  return ctx.actor;
}

/** What concerns one's own account is done in person: a leaked API token must not take it over. */
export function requireInPerson(ctx: Ctx): UserActor {
  const actor = requireUser(ctx);
  if (actor.token) throw forbidden('An API token may not do this. Sign in to the portal.');
  return actor;
}
