import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  db,
  forbidden,
  invalid,
  isAppError,
  log,
  notify,
  now,
  systemCtx,
  type Tx,
  transact,
} from '@/lib/core';
import type { Loosening, PolicyChange } from './changes';
import { requireSecondPerson, requireValid, scopeOf } from './decide-draft';
import { actorId, loadVersion, movedOn, type PolicyVersion, requireScope } from './load';

const MAX_GRACE_DAYS = 365;
const DAY_MS = 86_400_000;

export const ActivatePolicyInput = z
  .object({
    policyId: z.string().min(1).max(100),
    rev: z.int32().min(1),
    /** `grace`: findings only until `graceUntil`, in force from then by itself. */
    mode: z.enum(['enforce', 'grace']),
    graceUntil: z.union([z.date(), z.iso.datetime({ offset: true })]).optional(),
  })
  .refine(({ mode, graceUntil }) => mode === 'enforce' || graceUntil !== undefined, {
    path: ['graceUntil'],
    error: 'Choose the last day of the grace stage',
  });
export type ActivatePolicyInput = z.input<typeof ActivatePolicyInput>;

/**
 * Puts a draft in force, or in its grace stage. Who may: stewards; for a domain's own policy its data admins
 * too, when it loosens nothing or a steward has consented to exactly this text.
 * @throws AppError forbidden | invalid | conflict
 */
export async function activatePolicy(ctx: Ctx, raw: ActivatePolicyInput): Promise<void> {
  const { policyId, rev, mode, ...rest } = ActivatePolicyInput.parse(raw);
  const graceUntil = mode === 'grace' ? graceEnd(rest.graceUntil) : null;
  await transact(async (tx) => {
    const draft = await loadVersion(tx, ctx, policyId);
    requireScope(ctx, 'policy.activate', draft.domainId);
    if (draft.stage !== 'draft' && !(draft.stage === 'grace' && mode === 'enforce')) {
      throw conflict(`Version ${draft.version} is ${draft.stage}. Reload the page.`);
    }
    const { loosenings, approval, document, changes } = await requireValid(draft);
    requireSecondPerson(ctx, draft, approval);
    requireConsent(draft, loosenings);
    const { count } = await tx.policyDocument.updateMany({
      where: { id: policyId, rev, stage: draft.stage },
      data: graceUntil
        ? { stage: 'grace', graceUntil, activatedById: actorId(ctx), document: document as object }
        : { document: document as object },
    });
    if (count === 0) throw movedOn(draft.rev);
    if (graceUntil) await announceGrace(tx, ctx, draft, graceUntil);
    else await enforce(tx, ctx, draft, changes);
  });
}

/** @throws AppError forbidden for what asks for less than the organisation does, until a steward has consented */
function requireConsent(draft: PolicyVersion, loosenings: readonly Loosening[]): void {
  const [first] = loosenings;
  if (!first || draft.approvedAt) return;
  const more = loosenings.length > 1 ? ` and ${loosenings.length - 1} more` : '';
  const values = `${first.name}: ${first.floor} → ${first.value}${more}`;
  throw forbidden(
    `This draft loosens the organisation's floor (${values}). A steward has to consent first.`,
    { permission: 'policy.approve', loosenings },
  );
}

function graceEnd(raw: Date | string | undefined): Date {
  const end = new Date(raw ?? '');
  const ahead = end.getTime() - now().getTime();
  if (ahead <= 0) {
    const message = 'The last day of the grace stage lies in the past.';
    throw invalid(message, { graceUntil: message });
  }
  if (ahead > MAX_GRACE_DAYS * DAY_MS) {
    const message = 'A grace stage takes at most a year.';
    throw invalid(message, { graceUntil: message });
  }
  return end;
}

async function announceGrace(tx: Tx, ctx: Ctx, draft: PolicyVersion, graceUntil: Date) {
  const { name, version, domainId, stage } = draft;
  audit(tx, ctx, {
    action: 'policy.grace',
    ...scopeOf(draft),
    detail: { name, version, before: { stage }, after: { stage: 'grace', graceUntil } },
  });
  await notify(tx, 'portolan_policy', name);
  await raiseAlert(tx, {
    kind: 'policy.grace',
    level: 'info',
    title: `${name} v${version} is in force from ${graceUntil.toISOString().slice(0, 10)}`,
    body: 'Until then what breaks it is shown as a finding and stops nothing.',
    href: `/governance/policies/${name}`,
    to: await concerned(tx, domainId),
    ...(domainId && { domainId }),
    dedupeKey: `policy.grace:${draft.id}`,
  });
}

/** Every data admin for a policy of the organisation, the domain's for its own. */
async function concerned(tx: Tx, domainId: string | null) {
  if (domainId) return { stewards: true, adminsOfDomains: [domainId] };
  const domains = await tx.domain.findMany({ where: { archivedAt: null }, select: { id: true } });
  return { stewards: true, adminsOfDomains: domains.map((one) => one.id) };
}

/** The version takes the place of the one in force, in the caller's transaction. */
async function enforce(
  tx: Tx,
  ctx: Ctx,
  draft: PolicyVersion,
  changes: readonly PolicyChange[],
): Promise<void> {
  const { name, version, domainId, id } = draft;
  const at = now();
  const replaced = await tx.policyDocument.findFirst({
    where: { name, stage: 'enforced' },
    select: { version: true },
  });
  await tx.policyDocument.updateMany({
    // An older version still in grace would take its own turn later and undo this one; a newer one's turn comes.
    where: {
      name,
      id: { not: id },
      OR: [{ stage: 'enforced' }, { stage: 'grace', version: { lt: version } }],
    },
    data: { stage: 'superseded', supersededAt: at },
  });
  await tx.policyDocument.updateMany({
    where: { id },
    data: {
      stage: 'enforced',
      activatedAt: at,
      graceUntil: null,
      ...(actorId(ctx) && { activatedById: actorId(ctx) }),
    },
  });
  audit(tx, ctx, {
    action: 'policy.activate',
    ...scopeOf(draft),
    detail: {
      name,
      version,
      reason: draft.reason,
      ...changed(
        { version: replaced?.version ?? null, ...valuesOf(changes, 'before') },
        { version, ...valuesOf(changes, 'after') },
      ),
    },
  });
  await notify(tx, 'portolan_policy', name);
  await raiseAlert(tx, {
    kind: 'policy.enforced',
    level: 'info',
    title: `${name} v${version} is in force`,
    body: draft.reason,
    href: `/governance/policies/${name}`,
    to: await concerned(tx, domainId),
    ...(domainId && { domainId }),
    dedupeKey: `policy.enforced:${id}`,
    data: { policy: name, version },
  });
}

/** One side of what holds differently, by name: `Quality: accuracy`. */
const valuesOf = (changes: readonly PolicyChange[], side: 'before' | 'after') =>
  Object.fromEntries(changes.map((one) => [`${one.area}: ${one.name}`, one[side] ?? undefined]));

/**
 * Puts in force what has come to the end of its grace stage. Several workers may call it: the conditional
 * update lets one of them do each. A version that is no longer valid, or that loosens a floor that was not there when its
 * grace began, stays and is told to the stewards.
 * @returns how many were put in force
 */
export async function enforceDueGrace(): Promise<number> {
  const due = await db().policyDocument.findMany({
    where: { stage: 'grace', graceUntil: { lte: now() } },
    orderBy: [{ graceUntil: 'asc' }, { version: 'asc' }],
    select: { id: true },
    take: 100,
  });
  const ctx = systemCtx('grace');
  let enforced = 0;
  for (const { id } of due) {
    try {
      await transact(async (tx) => {
        await tx.$queryRaw`select 1 from policy_document where id = ${id} for update`;
        const version = await loadVersion(tx, ctx, id);
        if (version.stage !== 'grace') return;
        const { loosenings, changes } = await requireValid(version);
        requireConsent(version, loosenings);
        await enforce(tx, ctx, version, changes);
        enforced += 1;
      });
    } catch (error) {
      if (!isAppError(error)) throw error;
      log().warn(
        { policy: id, reason: error.message },
        'a policy in grace could not be put in force',
      );
      await transact((tx) =>
        raiseAlert(tx, {
          kind: 'policy.submitted',
          level: 'error',
          title: 'A policy could not be put in force at the end of its grace stage',
          body: error.message,
          href: '/governance/policies',
          to: { stewards: true },
          dedupeKey: `policy.grace-failed:${id}`,
        }),
      );
    }
  }
  return enforced;
}
