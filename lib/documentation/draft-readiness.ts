import type { Ctx } from '@/lib/core';
import { type DraftReview, reviewDraft } from '@/lib/products/review-draft';
import type { ValidateOptions } from '@/lib/products/validation';
import { domainOf, sloTargets } from '@/lib/specs';
import { type ReadinessItem, readiness } from './checklist';
import { examplesIn } from './parts';

export interface ReadyDraft extends Omit<DraftReview, 'descriptor'> {
  /** What is missing before it is fit to be read by others; empty while a field has to be mended. */
  readiness: ReadinessItem[];
}

/** A draft's review with the list that its product will be held against. @throws AppError as `reviewDraft` */
export async function reviewReadyDraft(
  ctx: Ctx,
  draftId: string,
  options: Omit<ValidateOptions, 'draftId'> = {},
): Promise<ReadyDraft> {
  const { descriptor, ...review } = await reviewDraft(ctx, draftId, options);
  if (!descriptor) return { ...review, readiness: [] };
  const { spec } = descriptor;
  const documentation = spec.documentation ?? '';
  const items = readiness({
    address: `${domainOf(descriptor)}/${descriptor.metadata.name}`,
    ...{ descriptor, documentation, isDraft: true },
    // Nobody else can be named: the review looked the owner up.
    isOwnerActive: true,
    findings: review.findings,
    examples: examplesIn(documentation).map((query) => ({ query, state: 'unknown', message: '' })),
    ...{ quality: null, ruleCount: spec.quality?.length ?? 0, qualityViolations: 0 },
    objectives: Object.keys(sloTargets(spec.slo)).length,
  });
  return { ...review, readiness: items };
}
