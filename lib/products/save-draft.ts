import { z } from 'zod';
import { type Ctx, conflict, type ErrorDetails, isAppError, now, transact } from '@/lib/core';
import { openDraft, requireAuthor } from './draft-author';
import { DraftData } from './draft-data';

export const SaveDraftInput = z.object({
  draftId: z.string().min(1).max(100),
  /** The revision that the changes were made on. */
  rev: z.int32().min(1),
  data: DraftData,
});
export type SaveDraftInput = z.input<typeof SaveDraftInput>;

/** What was saved elsewhere meanwhile. */
export interface NewerDraft {
  rev: number;
  savedAt: string;
  savedBy: string;
  data: DraftData;
}
interface StaleDetails extends ErrorDetails {
  newer: NewerDraft;
}

/** The newer draft that a save met; null for every other error. */
export function newerDraftOf(error: unknown): NewerDraft | null {
  const isStale = isAppError(error) && error.code === 'conflict' && 'newer' in error.details;
  return isStale ? (error.details as StaleDetails).newer : null;
}

/**
 * Saves the whole draft if nobody saved since `rev`. To overwrite knowingly, save again with the
 * revision that the conflict names.
 * @throws AppError conflict with `newer`: what was saved meanwhile; not_found; invalid
 */
export async function saveDraft(
  ctx: Ctx,
  raw: SaveDraftInput,
): Promise<{ rev: number; savedAt: string }> {
  const { draftId, rev, data } = SaveDraftInput.parse(raw);
  const author = requireAuthor(ctx);
  return transact(async (tx) => {
    const at = now();
    const { count } = await tx.productDraft.updateMany({
      where: { id: draftId, authorId: author.id, rev, submittedAt: null },
      data: { data: data as object, rev: rev + 1, updatedAt: at },
    });
    if (count === 1) return { rev: rev + 1, savedAt: at.toISOString() };
    const held = await openDraft(tx, ctx, draftId);
    const newer: NewerDraft = {
      rev: held.rev,
      savedAt: held.updatedAt.toISOString(),
      savedBy: author.email,
      data: held.data as DraftData,
    };
    throw conflict(
      'This draft was saved in another window meanwhile. Load that version, or overwrite it knowingly.',
      { newer } satisfies StaleDetails,
    );
  });
}
