import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, newId, now, sqlState, transact } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { nameTaken, ownerOf, SearchName, SearchQuery } from './input';

export const MAX_SEARCHES = 50;

export const SaveSearchInput = z.object({
  name: SearchName,
  /** The address's query string: `q=…&tag=…`. */
  query: SearchQuery,
  /** True: tell me of new products that match. */
  isTelling: z.boolean().default(false),
});
export type SaveSearchInput = z.input<typeof SaveSearchInput>;

/** Keeps a search of the catalogue. @throws AppError conflict (the name, or too many) */
export async function saveSearch(
  ctx: Ctx,
  raw: SaveSearchInput,
): Promise<{ searchId: string; query: string }> {
  requireSignedIn(ctx, ['catalog:read']);
  const userId = ownerOf(ctx);
  const { name, query, isTelling } = SaveSearchInput.parse(raw);
  const searchId = newId();
  try {
    await transact(async (tx) => {
      // Two windows of one person wait for each other here, so that the limit holds.
      await tx.$executeRaw`select 1 from "user" where id = ${userId} for update`;
      if ((await tx.savedSearch.count({ where: { userId } })) >= MAX_SEARCHES) {
        throw conflict(`You keep ${MAX_SEARCHES} searches already. Delete one first.`);
      }
      const at = now();
      await tx.savedSearch.create({
        data: { id: searchId, userId, name, query, isTelling, checkedAt: at, createdAt: at },
      });
      audit(tx, ctx, {
        action: 'search.save',
        target: { type: 'saved_search', id: searchId },
        detail: { name, ...changed(null, { query, isTelling }) },
      });
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? nameTaken(name) : error;
  }
  return { searchId, query };
}
