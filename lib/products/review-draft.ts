import { type Ctx, db } from '@/lib/core';
import {
  effectivePolicy,
  encryptionRequired,
  type Finding,
  retentionOf,
  validateProduct,
} from '@/lib/governance';
import { activePlatform, type PlanFacts, type PlannedStep, planSteps } from '@/lib/platform';
import { type DataProduct, printDocument } from '@/lib/specs';
import { buildDescriptor } from './build-descriptor';
import { ownDraft } from './draft-author';
import type { CompleteDraft } from './draft-data';
import { validateDraft } from './validate-draft';
import type { FieldErrors, ValidatedDraft, ValidateOptions } from './validation';

export interface DraftReview {
  rev: number;
  fields: FieldErrors;
  /** Empty while a field has to be mended. */
  plan: PlannedStep[];
  findings: Finding[];
  yaml: string | null;
  descriptor: DataProduct | null;
}

/** What submitting would do: nothing is made. @throws AppError not_found */
export async function reviewDraft(
  ctx: Ctx,
  draftId: string,
  options: Omit<ValidateOptions, 'draftId'> = {},
): Promise<DraftReview> {
  const draft = await ownDraft(db(), ctx, draftId);
  const checked = await validateDraft(ctx, draft.data, { ...options, draftId });
  const { complete, template, fields } = checked;
  const nothing = { plan: [], findings: [], yaml: null, descriptor: null };
  const review: DraftReview = { rev: draft.rev, fields, ...nothing };
  if (!complete || !template) return review;
  const descriptor = buildDescriptor(complete, {
    template,
    ...(checked.upload && { upload: checked.upload }),
  });
  const [policy, platform] = await Promise.all([
    effectivePolicy(complete.domain),
    activePlatform(),
  ]);
  const retention = retentionOf(policy, complete.classification)?.value;
  const isEncrypted = encryptionRequired(policy, complete.classification);
  review.plan = planSteps(template, platform, {
    ...planFacts(complete, checked),
    isEncrypted,
    ...(retention !== undefined && { retention: String(retention) }),
  });
  review.findings = await validateProduct({ descriptor, domain: complete.domain, draftId });
  review.yaml = printDocument(descriptor);
  review.descriptor = descriptor;
  return review;
}

function planFacts(draft: CompleteDraft, checked: ValidatedDraft): Omit<PlanFacts, 'isEncrypted'> {
  const { source } = draft;
  const label = checked.upload?.fileName ?? checked.sources.map((one) => one.product).join(', ');
  return {
    domain: draft.domain,
    name: draft.name,
    environment: 'staging',
    classification: draft.classification,
    source: {
      kind: source.kind,
      label,
      ...(checked.upload && { sizeBytes: checked.upload.sizeBytes }),
    },
    fieldCount: draft.fields.length,
    ruleCount: draft.quality.length,
    schedule: draft.schedule,
    access: draft.access,
  };
}

/** Findings that block, as messages beside the draft's fields. */
export function blockingFields(findings: readonly Finding[]): FieldErrors {
  const fields: FieldErrors = {};
  for (const { level, path, message, waiver } of findings) {
    if (level === 'error' && !waiver) fields[draftPath(path)] ??= message;
  }
  return fields;
}

/** `spec.access[0].role` → `access.0.role`; the document's schema is the draft's fields. */
function draftPath(path: string): string {
  return path
    .replace(/^spec\.?|^metadata\.?/, '')
    .replace(/^schema/, 'fields')
    .replaceAll(/\[(\d+)\]/g, '.$1');
}
