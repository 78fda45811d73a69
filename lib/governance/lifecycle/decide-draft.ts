import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  forbidden,
  invalid,
  now,
  precondition,
  requireCan,
  transact,
} from '@/lib/core';
import { checkPolicyDraft } from './check-draft';
import { actorId, identityOf, loadVersion, movedOn, type PolicyVersion } from './load';
import { mayFollow } from './stages';

export const PolicyDraftInput = z.object({
  policyId: z.string().min(1).max(100),
  /** The revision that the person saw. */
  rev: z.int32().min(1),
});
export type PolicyDraftInput = z.input<typeof PolicyDraftInput>;

/** The text without errors. @throws AppError invalid naming the first thing that is wrong, with its line */
export async function requireSound(draft: PolicyVersion) {
  const check = await checkPolicyDraft(draft.yaml, identityOf(draft));
  const wrong = check.issues.filter((issue) => issue.severity === 'error');
  const [first] = wrong;
  if (first || !check.document) {
    const more = wrong.length > 1 ? ` ${wrong.length - 1} more.` : '';
    throw invalid(`Line ${first?.line ?? 1}, ${first?.path ?? ''}: ${first?.message}${more}`);
  }
  return { ...check, document: check.document };
}

/** What may be decided on: a sound text with its reason. @throws AppError invalid */
export async function requireValid(draft: PolicyVersion) {
  const check = await requireSound(draft);
  if (!draft.reason.trim()) {
    const message = 'Say why this version exists; the history shows it.';
    throw invalid(message, { reason: message });
  }
  return check;
}

export const scopeOf = (draft: PolicyVersion) => ({
  target: { type: 'policy', id: draft.id },
  ...(draft.domainId && { domainId: draft.domainId }),
});

/** Asks for a decision: whoever may put it in force is told. */
export async function submitPolicyDraft(ctx: Ctx, raw: PolicyDraftInput): Promise<void> {
  const { policyId, rev } = PolicyDraftInput.parse(raw);
  await transact(async (tx) => {
    const draft = await loadVersion(tx, ctx, policyId);
    if (draft.stage !== 'draft') throw conflict('This is no draft any more. Reload it.');
    const { loosenings } = await requireValid(draft);
    const { count } = await tx.policyDocument.updateMany({
      where: { id: policyId, rev, stage: 'draft' },
      data: { submittedAt: now() },
    });
    if (count === 0) throw movedOn(draft.rev);
    const { name, version } = draft;
    audit(tx, ctx, { action: 'policy.submit', ...scopeOf(draft), detail: { name, version } });
    await raiseAlert(tx, {
      kind: 'policy.submitted',
      level: 'warning',
      title: `${name} v${version} waits for a decision`,
      body: loosenings.length > 0 ? 'It loosens a floor of the organisation.' : '',
      href: `/governance/policies/${name}/draft`,
      to: {
        stewards: true,
        ...(draft.domainId && loosenings.length === 0 && { adminsOfDomains: [draft.domainId] }),
      },
      ...(draft.domainId && { domainId: draft.domainId }),
      dedupeKey: `policy.submitted:${policyId}:${rev}`,
      data: { policy: name, version },
    });
  });
}

/**
 * A steward's consent to the values that loosen a floor, for exactly the text that was seen.
 * @throws AppError forbidden for who is no steward, or for a drafter where two people are asked for
 */
export async function approveLoosening(ctx: Ctx, raw: PolicyDraftInput): Promise<void> {
  const { policyId, rev } = PolicyDraftInput.parse(raw);
  await transact(async (tx) => {
    const draft = await loadVersion(tx, ctx, policyId);
    requireCan(ctx, 'policy.approve');
    if (draft.stage !== 'draft') throw conflict('This is no draft any more. Reload it.');
    const { loosenings, approval } = await requireValid(draft);
    if (loosenings.length === 0)
      throw precondition('This draft loosens nothing: no consent is needed.');
    requireSecondPerson(ctx, draft, approval);
    const { count } = await tx.policyDocument.updateMany({
      where: { id: policyId, rev, stage: 'draft' },
      data: { approvedAt: now(), approvedById: actorId(ctx) },
    });
    if (count === 0) throw movedOn(draft.rev);
    const { name, version } = draft;
    audit(tx, ctx, {
      action: 'policy.approve',
      ...scopeOf(draft),
      detail: {
        name,
        version,
        before: Object.fromEntries(loosenings.map((one) => [one.name, one.floor])),
        after: Object.fromEntries(loosenings.map((one) => [one.name, one.value])),
      },
    });
  });
}

/** With `approval: two_people` nobody who saved the draft decides on it. */
export function requireSecondPerson(
  ctx: Ctx,
  draft: PolicyVersion,
  approval: 'one_person' | 'two_people',
): void {
  const me = actorId(ctx);
  if (approval !== 'two_people' || !me || !draft.editorIds.includes(me)) return;
  throw forbidden(
    'The policy asks for two people: you wrote part of this draft, so somebody else puts it in force.',
    { permission: 'policy.activate' },
  );
}

/** Throws a draft, or a version in its grace stage, away; its text stays in the history. */
export async function discardPolicyDraft(ctx: Ctx, raw: PolicyDraftInput): Promise<void> {
  const { policyId, rev } = PolicyDraftInput.parse(raw);
  await transact(async (tx) => {
    const draft = await loadVersion(tx, ctx, policyId);
    if (!mayFollow(draft.stage, 'discarded')) {
      throw conflict(`Version ${draft.version} is ${draft.stage} and cannot be discarded.`);
    }
    const { count } = await tx.policyDocument.updateMany({
      where: { id: policyId, rev, stage: draft.stage },
      data: { stage: 'discarded' },
    });
    if (count === 0) throw movedOn(draft.rev);
    const { name, version, stage } = draft;
    audit(tx, ctx, {
      action: 'policy.discard',
      ...scopeOf(draft),
      detail: { name, version, before: { stage }, after: { stage: 'discarded' } },
    });
    if (stage === 'grace') await tx.$executeRaw`select pg_notify('portolan_policy', ${name})`;
  });
}
