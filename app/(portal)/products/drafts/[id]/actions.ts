'use server';

import { action } from '@/lib/http/action';
import { CreateDraftInput, createDraft } from '@/lib/products/create-draft';
import { DiscardDraftInput, discardDraft } from '@/lib/products/discard-draft';
import { ImportDescriptorInput, importDescriptor } from '@/lib/products/import-descriptor';
import { newerDraftOf, SaveDraftInput, saveDraft } from '@/lib/products/save-draft';
import { SubmitProductInput, submitProduct } from '@/lib/provisioning';

export const createDraftAction = action(CreateDraftInput, createDraft);
export const discardDraftAction = action(DiscardDraftInput, discardDraft);
export const importDescriptorAction = action(ImportDescriptorInput, importDescriptor);
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
