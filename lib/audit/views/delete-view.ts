import { z } from 'zod';
import { type Ctx, can, notFound, requireCan, transact } from '@/lib/core';
import { audit } from '../audit';
import { changed } from '../changed';
import { ownerOf } from './view-input';

export const DeleteAuditViewInput = z.object({ viewId: z.string().min(1).max(100) });
export type DeleteAuditViewInput = z.input<typeof DeleteAuditViewInput>;

/**
 * Forgets a search of one's own; who manages people may take a shared one of somebody else away.
 * @returns what it was: saving that again brings it back
 * @throws AppError forbidden | not_found
 */
export async function deleteAuditView(
  ctx: Ctx,
  raw: DeleteAuditViewInput,
): Promise<{ name: string; query: string; isShared: boolean }> {
  requireCan(ctx, 'audit.read');
  const userId = ownerOf(ctx);
  const { viewId } = DeleteAuditViewInput.parse(raw);
  const mine = can(ctx, 'people.manage') ? { OR: [{ userId }, { isShared: true }] } : { userId };
  return transact(async (tx) => {
    const view = await tx.auditView.findFirst({ where: { id: viewId, ...mine } });
    const { count } = await tx.auditView.deleteMany({ where: { id: viewId, ...mine } });
    if (!view || count === 0) throw notFound('This saved search of yours');
    const { name, query, isShared } = view;
    audit(tx, ctx, {
      action: 'audit.view.delete',
      target: { type: 'audit_view', id: viewId },
      detail: { name, ...changed({ query, isShared }, null) },
    });
    return { name, query, isShared };
  });
}
