import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, can, conflict, hasScope, notFound, notify, now, transact } from '@/lib/core';
import { forgetPerson } from './actors';
import { requireUser } from './require-session';

export const RevokeApiTokenInput = z.object({ tokenId: z.string().max(64) });
export type RevokeApiTokenInput = z.input<typeof RevokeApiTokenInput>;

/**
 * Ends a token of one's own, or as platform admin anybody's. A token may end itself; its person's
 * others only with the scope admin, so that a leaked one cannot shut out the rest.
 */
export async function revokeApiToken(ctx: Ctx, raw: RevokeApiTokenInput): Promise<void> {
  const { tokenId } = RevokeApiTokenInput.parse(raw);
  const actor = requireUser(ctx);
  const userId = await transact(async (tx) => {
    const token = await tx.apiToken.findUnique({ where: { id: tokenId } });
    const mayReach = actor.token?.id === tokenId || hasScope(actor, 'admin');
    const isTheirs = (token?.userId === actor.id && mayReach) || can(ctx, 'people.manage');
    if (!token || !isTheirs) throw notFound('This API token');
    const { count } = await tx.apiToken.updateMany({
      where: { id: tokenId, revokedAt: null },
      data: { revokedAt: now() },
    });
    if (count === 0) throw conflict('This API token was revoked already.');
    const target = { type: 'token', id: tokenId };
    const { name, scopes, expiresAt } = token;
    const detail = { name, ...changed({ scopes, expiresAt }, null) };
    audit(tx, ctx, { action: 'token.revoke', target, detail });
    await notify(tx, 'portolan_access', token.userId);
    return token.userId;
  });
  forgetPerson(userId);
}
