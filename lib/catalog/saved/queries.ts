import { type Ctx, db } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { ownerOf } from './input';
import { MAX_SEARCHES } from './save-search';

export interface SavedSearch {
  id: string;
  name: string;
  /** The address's query string. */
  query: string;
  isTelling: boolean;
}

/** The person's own searches, by name. */
export async function listSavedSearches(ctx: Ctx): Promise<SavedSearch[]> {
  requireSignedIn(ctx, ['catalog:read']);
  return db().savedSearch.findMany({
    where: { userId: ownerOf(ctx) },
    select: { id: true, name: true, query: true, isTelling: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MAX_SEARCHES,
  });
}
