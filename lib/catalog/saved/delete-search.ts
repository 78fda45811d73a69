import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, notFound, transact } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { ownerOf } from './input';

export const DeleteSearchInput = z.object({ searchId: z.string().min(1).max(100) });
export type DeleteSearchInput = z.input<typeof DeleteSearchInput>;

/**
 * Forgets a search of one's own.
 * @returns what it was: saving that again brings it back
 * @throws AppError not_found
 */
export async function deleteSearch(
  ctx: Ctx,
  raw: DeleteSearchInput,
): Promise<{ name: string; query: string; isTelling: boolean }> {
  requireSignedIn(ctx, ['catalog:read']);
  const userId = ownerOf(ctx);
  const { searchId } = DeleteSearchInput.parse(raw);
  return transact(async (tx) => {
    const search = await tx.savedSearch.findFirst({ where: { id: searchId, userId } });
    const { count } = await tx.savedSearch.deleteMany({ where: { id: searchId, userId } });
    if (!search || count === 0) throw notFound('This saved search of yours');
    const { name, query, isTelling } = search;
    audit(tx, ctx, {
      action: 'search.delete',
      target: { type: 'saved_search', id: searchId },
      detail: { name, ...changed({ query, isTelling }, null) },
    });
    return { name, query, isTelling };
  });
}
