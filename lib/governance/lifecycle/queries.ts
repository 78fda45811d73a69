import { z } from 'zod';
import { type Ctx, can, db, notFound } from '@/lib/core';
import { requireSignedIn } from '../require-signed-in';
import { checkPolicyDraft, type DraftCheck } from './check-draft';
import { actorId, identityOf, loadVersion, requireScope } from './load';

export interface PolicyDraftView {
  id: string;
  name: string;
  version: number;
  rev: number;
  stage: string;
  yaml: string;
  reason: string;
  domain: { name: string; title: string } | null;
  submittedAt: string | null;
  approvedAt: string | null;
  editors: string[];
  /** The text in force, to compare with; empty for a new policy. */
  inForce: { version: number; yaml: string } | null;
  check: DraftCheck;
  /** What the viewer may do with it now. */
  may: { activate: boolean; approve: boolean; isEditor: boolean };
}

/** The open draft of a policy with everything its editor shows. */
export async function getPolicyDraft(ctx: Ctx, name: string): Promise<PolicyDraftView> {
  requireSignedIn(ctx, ['governance:read']);
  const found = await db().policyDocument.findFirst({
    where: { name, stage: { in: ['draft', 'grace'] } },
    orderBy: { version: 'desc' },
    select: { id: true },
  });
  if (!found) throw notFound(`A draft of ${name}`);
  const draft = await loadVersion(db(), ctx, found.id);
  const [inForce, editors, check] = await Promise.all([
    db().policyDocument.findFirst({
      where: { name, stage: 'enforced' },
      select: { version: true, yaml: true },
    }),
    db().user.findMany({ where: { id: { in: draft.editorIds } }, select: { email: true } }),
    checkPolicyDraft(draft.yaml, identityOf(draft)),
  ]);
  const { id, version, rev, stage, yaml, reason, domain, domainId } = draft;
  const isEditor = draft.editorIds.includes(actorId(ctx) ?? '');
  const isSecond = check.approval === 'one_person' || !isEditor;
  const mayActivate =
    domainId === null ? can(ctx, 'policy.approve') : can(ctx, 'policy.activate', { domainId });
  return {
    id,
    name,
    version,
    rev,
    stage,
    yaml,
    reason,
    domain,
    submittedAt: draft.submittedAt?.toISOString() ?? null,
    approvedAt: draft.approvedAt?.toISOString() ?? null,
    editors: editors.map((one) => one.email),
    inForce,
    check,
    may: {
      activate: mayActivate && isSecond,
      approve: can(ctx, 'policy.approve') && isSecond,
      isEditor,
    },
  };
}

export const CheckPolicyInput = z.object({
  policyId: z.string().min(1).max(100),
  yaml: z.string().max(500_000),
});
export type CheckPolicyInput = z.input<typeof CheckPolicyInput>;

/** What is wrong with a text while it is typed; nothing is kept. */
export async function checkPolicy(ctx: Ctx, raw: CheckPolicyInput): Promise<DraftCheck> {
  const { policyId, yaml } = CheckPolicyInput.parse(raw);
  const draft = await loadVersion(db(), ctx, policyId);
  return checkPolicyDraft(yaml, identityOf(draft));
}

/** One version's text, for the difference of two. */
export async function getPolicyVersion(
  ctx: Ctx,
  name: string,
  version: number,
): Promise<{ version: number; stage: string; yaml: string; reason: string }> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  const row = await db().policyDocument.findUnique({
    where: { name_version: { name, version } },
    select: { version: true, stage: true, yaml: true, reason: true, domainId: true },
  });
  if (!row) throw notFound(`Version ${version} of ${name}`);
  // Drafts are their writers' business until they are decided on.
  if (row.stage === 'draft' || row.stage === 'discarded') {
    requireScope(ctx, 'policy.draft', row.domainId);
  }
  const { stage, yaml, reason } = row;
  return { version: row.version, stage, yaml, reason };
}
