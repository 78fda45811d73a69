import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { type Ctx, newId, type UserActor } from '@/lib/core';
import { PATH_HEADER } from './origin';
import { ctxFromRequest } from './request-ctx';
import { signInHref } from './safe-path';

/** Who is looking at the page or calling the action; read once a request. */
export const currentCtx = cache(async (): Promise<Ctx> => {
  const held = await headers();
  return ctxFromRequest({
    headers: {
      cookie: held.get('cookie') ?? undefined,
      'x-portolan-purpose': held.get('x-portolan-purpose') ?? undefined,
    },
    requestId: newId(),
    ip: held.get('x-forwarded-for') ?? undefined,
  });
});

type UserCtx = Ctx & { actor: UserActor };

/** For the portal's pages: the signed-in person, or off to the sign-in page and back here. */
export async function requireUserCtx(returnTo?: string): Promise<UserCtx> {
  const ctx = await currentCtx();
  if (ctx.actor.type !== 'user') {
    redirect(signInHref((await headers()).get(PATH_HEADER) ?? returnTo ?? '/'));
  }
  return ctx as UserCtx;
}
