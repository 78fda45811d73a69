import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, invalid, now, transact } from '@/lib/core';
import { parseDocumentAs } from '@/lib/specs';
import { actorId, loadVersion, movedOn } from './load';

export const SavePolicyDraftInput = z.object({
  policyId: z.string().min(1).max(100),
  rev: z.int32().min(1),
  yaml: z.string().max(500_000, 'A policy has at most 500,000 characters'),
  reason: z.string().trim().max(500, 'Use at most 500 characters').default(''),
});
export type SavePolicyDraftInput = z.input<typeof SavePolicyDraftInput>;

/**
 * Keeps the text as it is, also while it is not valid: nothing that somebody wrote is lost. A change after it
 * was submitted takes the submission and a steward's consent back.
 * @throws AppError conflict when somebody saved meanwhile or it is no draft any more
 */
export async function savePolicyDraft(
  ctx: Ctx,
  raw: SavePolicyDraftInput,
): Promise<{ rev: number }> {
  const { policyId, rev, yaml, reason } = SavePolicyDraftInput.parse(raw);
  if (yaml.includes('\0')) throw invalid('The text holds a NUL character. Take it out.');
  return transact(async (tx) => {
    const draft = await loadVersion(tx, ctx, policyId);
    if (draft.stage !== 'draft') {
      throw conflict(
        `Version ${draft.version} is ${draft.stage} and stays as it is. Begin a draft.`,
      );
    }
    const parsed = parseDocumentAs('DataGovernancePolicy', yaml);
    const me = actorId(ctx);
    const isOther = yaml !== draft.yaml;
    const { count } = await tx.policyDocument.updateMany({
      where: { id: policyId, rev, stage: 'draft' },
      data: {
        yaml,
        reason,
        rev: { increment: 1 },
        updatedAt: now(),
        editorIds: [...new Set([...draft.editorIds, ...(me ? [me] : [])])],
        ...(parsed.ok && { document: parsed.document as object }),
        ...(isOther && { submittedAt: null, approvedAt: null, approvedById: null }),
      },
    });
    if (count === 0) throw movedOn(draft.rev);
    if (isOther) {
      audit(tx, ctx, {
        action: 'policy.edit',
        target: { type: 'policy', id: policyId },
        ...(draft.domainId && { domainId: draft.domainId }),
        detail: {
          name: draft.name,
          version: draft.version,
          rev: rev + 1,
          ...(parsed.ok && changed(draft.document as object, parsed.document)),
        },
      });
    }
    return { rev: rev + 1 };
  });
}
