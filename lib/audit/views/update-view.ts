import { z } from 'zod';
import { type Ctx, notFound, requireCan, sqlState, transact } from '@/lib/core';
import { audit } from '../audit';
import { changed } from '../changed';
import { nameTaken } from './save-view';
import { ownerOf, ViewName } from './view-input';

export const UpdateAuditViewInput = z.object({
  viewId: z.string().min(1).max(100),
  name: ViewName.optional(),
  /** True: everybody who may read the audit log sees it. */
  isShared: z.boolean().optional(),
});
export type UpdateAuditViewInput = z.input<typeof UpdateAuditViewInput>;

/** Renames a search of one's own, or shares it. @throws AppError forbidden | not_found | conflict */
export async function updateAuditView(ctx: Ctx, raw: UpdateAuditViewInput): Promise<void> {
  requireCan(ctx, 'audit.read');
  const userId = ownerOf(ctx);
  const { viewId, name, isShared } = UpdateAuditViewInput.parse(raw);
  try {
    await transact(async (tx) => {
      const before = await tx.auditView.findFirst({ where: { id: viewId, userId } });
      if (!before) throw notFound('This saved search of yours');
      const after = { name: name ?? before.name, isShared: isShared ?? before.isShared };
      const { count } = await tx.auditView.updateMany({
        where: { id: viewId, name: before.name, isShared: before.isShared },
        data: after,
      });
      if (count === 0) throw notFound('This saved search, as it was a moment ago,');
      audit(tx, ctx, {
        action: 'audit.view.update',
        target: { type: 'audit_view', id: viewId },
        detail: {
          name: after.name,
          ...changed({ name: before.name, isShared: before.isShared }, after),
        },
      });
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? nameTaken(name ?? '') : error;
  }
}
