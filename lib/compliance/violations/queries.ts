import { z } from 'zod';
import { type Ctx, can, db, notFound, type Prisma } from '@/lib/core';
import { emailsOf, peopleFor } from '@/lib/domains';
import { MONITOR_RULES } from '../monitor/registry';
import { type EvidenceRow, readEvidence } from '../monitor/rule';
import { scopeOf, visibleTo } from './scope';

const VIOLATION_STATES = ['open', 'acknowledged', 'resolved', 'all'] as const;
const word = z.string().max(100).optional().catch(undefined);
export const ViolationFilter = z.object({
  /** Without it: what is not over. */
  status: z.enum(VIOLATION_STATES).optional().catch(undefined),
  level: z.enum(['error', 'warning']).optional().catch(undefined),
  /** The rule that is broken: one of the monitor's, or of the policies'. */
  rule: word,
  /** The rule of the monitor that found it. */
  monitor: word,
  domain: word,
  regulation: word,
  /** Only what is given to me. */
  mine: z.enum(['yes']).optional().catch(undefined),
  after: z.string().max(100).optional(),
});
export type ViolationFilter = z.input<typeof ViolationFilter>;

export interface ViolationRow {
  id: string;
  rule: string;
  monitor: string;
  level: 'error' | 'warning';
  status: string;
  resolution: string | null;
  title: string;
  message: string;
  regulations: string[];
  occurrences: number;
  escalation: number;
  firstSeenAt: string;
  lastSeenAt: string;
  resolvedAt: string | null;
  assignee: string | null;
  product: { id: string; domain: string; name: string; title: string } | null;
}
const PAGE = 50;
const withProduct = {
  product: {
    select: {
      id: true,
      name: true,
      title: true,
      ownerId: true,
      domain: { select: { name: true } },
    },
  },
} satisfies Prisma.ViolationInclude;
type Stored = Prisma.ViolationGetPayload<{ include: typeof withProduct }>;

function whereOf(ctx: Ctx, filter: z.output<typeof ViolationFilter>): Prisma.ViolationWhereInput {
  const { status, level, rule, monitor, domain, regulation, mine } = filter;
  return {
    AND: [
      visibleTo(ctx),
      status === undefined ? { status: { not: 'resolved' } } : status === 'all' ? {} : { status },
      monitor ? { dedupeKey: { startsWith: `${monitor}:` } } : {},
      domain ? { product: { domain: { name: domain } } } : {},
      mine ? { assigneeId: ctx.actor.type === 'user' ? ctx.actor.id : '' } : {},
    ],
    ...(level && { level }),
    ...(rule && { rule }),
    ...(regulation && { regulations: { has: regulation } }),
  };
}

/** Violations that the viewer has to do with, newest first. */
export async function listViolations(
  ctx: Ctx,
  raw: ViolationFilter = {},
): Promise<{ violations: ViolationRow[]; nextPage: string | null }> {
  const filter = ViolationFilter.parse(raw);
  const where = whereOf(ctx, filter);
  const rows = await db().violation.findMany({
    where: { ...where, ...(filter.after && { id: { lt: filter.after } }) },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
    include: withProduct,
  });
  const page = rows.slice(0, PAGE);
  const emails = await emailsOf(page.map((row) => row.assigneeId));
  return {
    violations: page.map((row) => toRow(row, emails)),
    nextPage: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}

function toRow(row: Stored, emails: ReadonlyMap<string, string>): ViolationRow {
  const { id, rule, level, status, resolution, title, message, regulations, occurrences } = row;
  return {
    id,
    rule,
    monitor: row.dedupeKey.split(':')[0] ?? rule,
    level: level === 'error' ? 'error' : 'warning',
    status,
    resolution,
    title,
    message,
    regulations,
    occurrences,
    escalation: row.escalation,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    assignee: emails.get(row.assigneeId ?? '') ?? null,
    product: row.product && {
      id: row.product.id,
      domain: row.product.domain.name,
      name: row.product.name,
      title: row.product.title,
    },
  };
}

export interface ViolationDetail extends ViolationRow {
  rev: number;
  /** What the rule of the monitor asks for. */
  ruleTitle: string;
  evidence: EvidenceRow[];
  events: { id: string; at: string; kind: string; actor: string | null; note: string }[];
  canManage: boolean;
  /** Whom it can be given to; empty for those who may not. */
  people: { email: string; name: string }[];
}
const MAX_EVENTS = 200;

/** @throws AppError not_found, also for those who have nothing to do with it */
export async function getViolation(ctx: Ctx, id: string): Promise<ViolationDetail> {
  const row = await db().violation.findFirst({
    where: { AND: [{ id }, visibleTo(ctx)] },
    include: withProduct,
  });
  if (!row) throw notFound('This violation');
  const events = await db().violationEvent.findMany({
    where: { violationId: id },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: MAX_EVENTS,
  });
  const emails = await emailsOf([row.assigneeId, ...events.map((event) => event.actorId)]);
  const me = ctx.actor.type === 'user' ? ctx.actor.id : null;
  const isMine = me !== null && me === row.assigneeId;
  const canManage =
    isMine || can(ctx, 'violation.manage', scopeOf(row.domainId, row.product?.ownerId));
  const base = toRow(row, emails);
  return {
    ...base,
    rev: row.rev,
    ruleTitle: MONITOR_RULES.find((rule) => rule.id === base.monitor)?.title ?? row.rule,
    evidence: readEvidence(row.evidence),
    events: events.map((event) => ({
      id: event.id,
      at: event.at.toISOString(),
      kind: event.kind,
      actor: emails.get(event.actorId ?? '') ?? null,
      note: event.note,
    })),
    canManage,
    people: canManage
      ? await peopleFor({ domainId: row.domainId, ownerId: row.product?.ownerId ?? null })
      : [],
  };
}
