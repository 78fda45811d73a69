import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, notFound, now, sqlState, transact } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { nameTaken, ownerOf, SearchName } from './input';

export const UpdateSearchInput = z.object({
  searchId: z.string().min(1).max(100),
  name: SearchName.optional(),
  /** True: tell me of products that are new from now on. */
  isTelling: z.boolean().optional(),
});
export type UpdateSearchInput = z.input<typeof UpdateSearchInput>;

/** Renames a search of one's own, or switches its alerts. @throws AppError not_found | conflict */
export async function updateSearch(ctx: Ctx, raw: UpdateSearchInput): Promise<void> {
  requireSignedIn(ctx, ['catalog:read']);
  const userId = ownerOf(ctx);
  const { searchId, name, isTelling } = UpdateSearchInput.parse(raw);
  try {
    await transact(async (tx) => {
      const found = await tx.savedSearch.findFirst({ where: { id: searchId, userId } });
      if (!found) throw notFound('This saved search of yours');
      const before = { name: found.name, isTelling: found.isTelling };
      const after = { name: name ?? before.name, isTelling: isTelling ?? before.isTelling };
      const { count } = await tx.savedSearch.updateMany({
        where: { id: searchId, ...before },
        data: { ...after, ...(after.isTelling && !before.isTelling && { checkedAt: now() }) },
      });
      if (count === 0) throw notFound('This saved search, as it was a moment ago,');
      audit(tx, ctx, {
        action: 'search.update',
        target: { type: 'saved_search', id: searchId },
        detail: { name: after.name, ...changed(before, after) },
      });
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? nameTaken(name ?? '') : error;
  }
}
