import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, transact } from '@/lib/core';
import { openDraft } from './draft-author';
import { uploadDir } from './upload-view';

export const DiscardDraftInput = z.object({ draftId: z.string().min(1).max(100) });
export type DiscardDraftInput = z.input<typeof DiscardDraftInput>;

/**
 * Removes a draft and its uploaded files. The history of an undone provisioning stays; its name is free.
 * @throws AppError not_found | conflict once it was submitted
 */
export async function discardDraft(ctx: Ctx, raw: DiscardDraftInput): Promise<void> {
  const { draftId } = DiscardDraftInput.parse(raw);
  const uploads = await transact(async (tx) => {
    await openDraft(tx, ctx, draftId);
    const found = await tx.upload.findMany({ where: { draftId }, select: { id: true } });
    await tx.upload.deleteMany({ where: { draftId } });
    await tx.productDraft.delete({ where: { id: draftId } });
    audit(tx, ctx, { action: 'draft.discard', target: { type: 'draft', id: draftId } });
    return found;
  });
  for (const { id } of uploads) await rm(uploadDir(id), { recursive: true, force: true });
}
