import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, enqueueCheck, notFound, notify, now, transact } from '@/lib/core';
import { noteGrant } from '../history';
import { requireDecider } from '../requests/deputies';

export const RevokeGrantInput = z.object({ grantId: z.string().min(1).max(100) });
export type RevokeGrantInput = z.input<typeof RevokeGrantInput>;

/** Ends a grant: every process refuses the person's next read. */
export async function revokeGrant(ctx: Ctx, raw: RevokeGrantInput): Promise<{ grantId: string }> {
  const { grantId } = RevokeGrantInput.parse(raw);
  return transact(async (tx) => {
    const grant = await tx.grant.findUnique({
      where: { id: grantId },
      include: { product: { select: { id: true, domainId: true, ownerId: true } } },
    });
    if (!grant) throw notFound('This grant');
    const { product, permissions, purpose, expiresAt } = grant;
    const subject = await tx.user.findUnique({ where: { id: grant.subjectId } });
    await requireDecider(ctx, product);
    const revokedById = ctx.actor.type === 'user' ? ctx.actor.id : 'system';
    const { count } = await tx.grant.updateMany({
      where: { id: grantId, revokedAt: null },
      data: { revokedAt: now(), revokedById },
    });
    if (count === 0) throw conflict('This grant was revoked already.');
    await noteGrant(tx, ctx, grant, 'revoked');
    audit(tx, ctx, {
      action: 'access.revoke',
      target: { type: 'grant', id: grantId },
      productId: product.id,
      domainId: product.domainId,
      detail: { subject: subject?.email, ...changed({ permissions, purpose, expiresAt }, null) },
    });
    await notify(tx, 'portolan_access', product.id);
    await enqueueCheck(tx, product.id);
    return { grantId };
  });
}
