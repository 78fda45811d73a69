import { z } from 'zod';
import { type Ctx, conflict, newId, now, requireCan, sqlState, transact } from '@/lib/core';
import { audit } from '../audit';
import { changed } from '../changed';
import { ownerOf, ViewName, ViewQuery } from './view-input';

export const MAX_VIEWS = 50;

export const SaveAuditViewInput = z.object({
  name: ViewName,
  /** The address's query string: `actor=…&action=…`. */
  query: ViewQuery,
  isShared: z.boolean().default(false),
});
export type SaveAuditViewInput = z.input<typeof SaveAuditViewInput>;

export const nameTaken = (name: string) =>
  conflict(`You have a saved search “${name}” already. Choose another name.`, {
    fields: { name: 'You have a saved search of this name already.' },
  });

/** Keeps a search of the audit log. @throws AppError forbidden | conflict (the name, or too many) */
export async function saveAuditView(
  ctx: Ctx,
  raw: SaveAuditViewInput,
): Promise<{ viewId: string; query: string }> {
  requireCan(ctx, 'audit.read');
  const userId = ownerOf(ctx);
  const { name, query, isShared } = SaveAuditViewInput.parse(raw);
  const viewId = newId();
  try {
    await transact(async (tx) => {
      // Two windows of one person wait for each other here, so that the limit holds.
      await tx.$executeRaw`select 1 from "user" where id = ${userId} for update`;
      if ((await tx.auditView.count({ where: { userId } })) >= MAX_VIEWS) {
        throw conflict(`You keep ${MAX_VIEWS} searches already. Delete one first.`);
      }
      await tx.auditView.create({
        data: { id: viewId, userId, name, query, isShared, createdAt: now() },
      });
      audit(tx, ctx, {
        action: 'audit.view.save',
        target: { type: 'audit_view', id: viewId },
        detail: { name, ...changed(null, { query, isShared }) },
      });
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? nameTaken(name) : error;
  }
  return { viewId, query };
}
