import { type Ctx, conflict, notFound, requireCan, type Tx } from '@/lib/core';
import type { DraftIdentity } from './check-draft';

const SELECT = {
  id: true,
  name: true,
  version: true,
  stage: true,
  rev: true,
  yaml: true,
  document: true,
  reason: true,
  authorId: true,
  editorIds: true,
  submittedAt: true,
  approvedAt: true,
  approvedById: true,
  graceUntil: true,
  domainId: true,
  domain: { select: { name: true, title: true } },
} as const;

/** @throws AppError not_found; forbidden for who may not write policies of this scope */
export async function loadVersion(tx: Tx, ctx: Ctx, policyId: string) {
  const version = await tx.policyDocument.findUnique({ where: { id: policyId }, select: SELECT });
  if (!version) throw notFound('This version of the policy');
  requireScope(ctx, 'policy.draft', version.domainId);
  return version;
}
export type PolicyVersion = Awaited<ReturnType<typeof loadVersion>>;

/** The organisation's documents are the stewards'; a domain's also belong to its data admins. */
export function requireScope(
  ctx: Ctx,
  permission: 'policy.draft' | 'policy.activate',
  domainId: string | null,
): void {
  if (domainId === null) requireCan(ctx, 'policy.approve');
  else requireCan(ctx, permission, { domainId });
}

export const identityOf = ({ name, version, domain }: PolicyVersion): DraftIdentity => ({
  name,
  version,
  domain: domain?.name ?? null,
});

export const actorId = (ctx: Ctx): string | null =>
  ctx.actor.type === 'user' ? ctx.actor.id : null;

export const movedOn = (rev?: number) =>
  conflict('Somebody changed this draft meanwhile. Reload it to see their version.', { rev });
