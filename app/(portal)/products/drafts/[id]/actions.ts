'use server';

import { action } from '@/lib/http/action';
import { ImportContractInput, importContract } from '@/lib/interop';
import { CreateDraftInput, createDraft } from '@/lib/products/create-draft';
import { DiscardDraftInput, discardDraft } from '@/lib/products/discard-draft';
import { newerDraftOf, SaveDraftInput, saveDraft } from '@/lib/products/save-draft';
import { SubmitProductInput, submitProduct } from '@/lib/provisioning';

export const createDraftAction = action(CreateDraftInput, createDraft);
export const discardDraftAction = action(DiscardDraftInput, discardDraft);
export const importContractAction = action(ImportContractInput, importContract);
export const submitProductAction = action(SubmitProductInput, submitProduct);

/** A save that came too late is an answer here, with the newer draft, so that the person can choose. */
export const saveDraftAction = action(SaveDraftInput, async (ctx, input) => {
  try {
    return { status: 'saved' as const, ...(await saveDraft(ctx, input)) };
  } catch (error) {
    const newer = newerDraftOf(error);
    if (!newer) throw error;
    return { status: 'stale' as const, newer };
  }
});
