import { type Ctx, can, db, notFound } from '@/lib/core';
import type { EffectivePolicy } from './effective';
import { effectivePolicy } from './policies';
import { requireSignedIn } from './require-signed-in';

export interface PolicySummary {
  name: string;
  version: number;
  stage: string;
  domain: { name: string; title: string } | null;
  reason: string;
  activatedAt: string | null;
  /** The next version, for those who may see it: a draft, or one in its grace stage. */
  next: { version: number; stage: string; isSubmitted: boolean; graceUntil: string | null } | null;
}

const MAX_LISTED = 1000;

/** Every policy that is in force, in grace or drafted; the organisation's first. */
export async function listPolicies(ctx: Ctx): Promise<PolicySummary[]> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  const rows = await db().policyDocument.findMany({
    where: { stage: { in: ['enforced', 'grace', 'draft'] } },
    orderBy: [{ name: 'asc' }, { version: 'desc' }],
    take: MAX_LISTED,
    select: SUMMARY,
  });
  const shown = rows.filter((row) => row.stage !== 'draft' || maySeeDraft(ctx, row.domainId));
  const byName = Map.groupBy(shown, (row) => row.name);
  const list = [...byName.values()].flatMap((versions) => {
    const next = versions.find((row) => row.stage !== 'enforced');
    const row = versions.find((one) => one.stage === 'enforced') ?? next;
    return row ? [toSummary(row, next)] : [];
  });
  return [...list.filter((one) => !one.domain), ...list.filter((one) => one.domain)];
}

const maySeeDraft = (ctx: Ctx, domainId: string | null): boolean =>
  domainId === null ? can(ctx, 'policy.approve') : can(ctx, 'policy.draft', { domainId });

export interface PolicyDetail extends PolicySummary {
  yaml: string;
  versions: {
    version: number;
    stage: string;
    createdAt: string;
    activatedAt: string | null;
    author: string | null;
    activatedBy: string | null;
    reason: string;
  }[];
  /** Whether the viewer may write its next version. */
  canDraft: boolean;
}

/** A policy with its history; drafts are shown to those who may write them. */
export async function getPolicy(ctx: Ctx, name: string): Promise<PolicyDetail> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  const all = await db().policyDocument.findMany({
    where: { name },
    orderBy: { version: 'desc' },
    take: MAX_LISTED,
    select: { ...SUMMARY, yaml: true, createdAt: true, authorId: true, activatedById: true },
  });
  const isOpen = (stage: string) => stage !== 'draft' && stage !== 'discarded';
  const rows = all.filter((row) => isOpen(row.stage) || maySeeDraft(ctx, row.domainId));
  const next = rows.find((row) => row.stage === 'draft' || row.stage === 'grace');
  const shown = rows.find((row) => row.stage === 'enforced') ?? next ?? rows[0];
  if (!shown) throw notFound(`The policy ${name}`);
  const people = await db().user.findMany({
    where: {
      id: { in: rows.flatMap((row) => [row.authorId ?? [], row.activatedById ?? []].flat()) },
    },
    select: { id: true, email: true },
  });
  const emails = new Map(people.map((one) => [one.id, one.email]));
  return {
    ...toSummary(shown, next),
    yaml: shown.yaml,
    canDraft: maySeeDraft(ctx, shown.domainId),
    versions: rows.map((row) => ({
      version: row.version,
      stage: row.stage,
      createdAt: row.createdAt.toISOString(),
      activatedAt: row.activatedAt?.toISOString() ?? null,
      author: emails.get(row.authorId ?? '') ?? null,
      activatedBy: emails.get(row.activatedById ?? '') ?? null,
      reason: row.reason,
    })),
  };
}

const SUMMARY = {
  name: true,
  version: true,
  stage: true,
  reason: true,
  activatedAt: true,
  submittedAt: true,
  graceUntil: true,
  domainId: true,
  domain: { select: { name: true, title: true } },
} as const;

interface SummaryRow {
  name: string;
  version: number;
  stage: string;
  reason: string;
  activatedAt: Date | null;
  submittedAt: Date | null;
  graceUntil: Date | null;
  domain: { name: string; title: string } | null;
}

function toSummary(row: SummaryRow, next: SummaryRow | undefined): PolicySummary {
  const { name, version, stage, reason, domain, activatedAt } = row;
  return {
    name,
    version,
    stage,
    reason,
    domain,
    activatedAt: activatedAt?.toISOString() ?? null,
    next: next
      ? {
          version: next.version,
          stage: next.stage,
          isSubmitted: next.submittedAt !== null,
          graceUntil: next.graceUntil?.toISOString() ?? null,
        }
      : null,
  };
}

/** @param domain a domain's slug; null for what holds everywhere */
export async function getEffectivePolicy(
  ctx: Ctx,
  domain: string | null,
): Promise<EffectivePolicy> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  const isKnown = domain === null || (await db().domain.count({ where: { name: domain } })) > 0;
  if (!isKnown) throw notFound(`The domain ${domain}`);
  return effectivePolicy(domain);
}

/** The domains that policies may hold in, by title. */
export async function listPolicyDomains(ctx: Ctx): Promise<{ name: string; title: string }[]> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  return db().domain.findMany({
    where: { archivedAt: null },
    orderBy: { title: 'asc' },
    select: { name: true, title: true },
  });
}
