import { z } from 'zod';
import { type Ctx, db } from '@/lib/core';
import { emailsOf, peopleFor } from '@/lib/domains';
import { requireSignedIn } from '@/lib/governance';
import { describeRule } from '../compile';
import { addressOf, loadIncident, mayManage, mayReadRows } from './scope';

export const IncidentFilter = z.object({
  status: z.enum(['open', 'resolved', 'all']).optional().catch(undefined),
  after: z.string().max(100).optional(),
});
export type IncidentFilter = z.input<typeof IncidentFilter>;

export interface IncidentRow {
  id: string;
  ruleName: string;
  dimension: string;
  level: 'warning' | 'error';
  status: 'open' | 'resolved';
  message: string;
  failing: number;
  checked: number;
  occurrences: number;
  assignee: string | null;
  openedAt: string;
  lastSeenAt: string;
  resolvedAt: string | null;
}
const PAGE = 50;

/** Incidents of a product, newest first; without a status those that are open. */
export async function listIncidents(
  ctx: Ctx,
  productId: string,
  raw: IncidentFilter = {},
): Promise<{ incidents: IncidentRow[]; nextPage: string | null }> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const mayRead = await mayReadRows(ctx, productId);
  const { status = 'open', after } = IncidentFilter.parse(raw);
  const rows = await db().qualityIncident.findMany({
    where: { productId, ...(status !== 'all' && { status }), ...(after && { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  const emails = await emailsOf(page.map((row) => row.assigneeId));
  return {
    incidents: page.map((row) => toRow(row, emails, mayRead)),
    nextPage: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}

type Stored = Awaited<ReturnType<typeof loadIncident>>;
const toRow = (
  row: Omit<Stored, 'product'>,
  emails: ReadonlyMap<string, string>,
  mayRead: boolean,
): IncidentRow => ({
  id: row.id,
  ruleName: row.ruleName,
  dimension: row.dimension,
  level: row.level === 'error' ? 'error' : 'warning',
  status: row.status === 'open' ? 'open' : 'resolved',
  message: mayRead ? row.message : 'You may not read the rows, and so not what the rule found.',
  failing: Number(row.failing),
  checked: Number(row.checked),
  occurrences: row.occurrences,
  assignee: emails.get(row.assigneeId ?? '') ?? null,
  openedAt: row.openedAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
});

export interface IncidentDetail extends IncidentRow {
  rev: number;
  product: { id: string; title: string; address: string };
  rule: { id: string; check: string; column: string | null; says: string } | null;
  rootCause: string;
  /** Some rows that break the rule are pointed at and can be looked up. */
  sampleSize: number;
  events: { id: string; at: string; kind: string; actor: string | null; note: string }[];
  remediations: {
    id: string;
    kind: string;
    status: string;
    rows: number;
    error: string | null;
    at: string;
  }[];
  columns: string[];
  canManage: boolean;
  people: { email: string; name: string }[];
}
const MAX_EVENTS = 200;

/** @throws AppError not_found */
export async function getIncident(ctx: Ctx, id: string): Promise<IncidentDetail> {
  const incident = await loadIncident(ctx, id);
  const { product, runId, ruleId } = incident;
  const [rule, result, events, remediations, served] = await Promise.all([
    ruleId ? db().qualityRule.findUnique({ where: { id: ruleId } }) : null,
    ruleId ? db().qualityResult.findUnique({ where: { runId_ruleId: { runId, ruleId } } }) : null,
    db().qualityIncidentEvent.findMany({
      where: { incidentId: id },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: MAX_EVENTS,
    }),
    db().qualityRemediation.findMany({
      where: { incidentId: id },
      orderBy: { createdAt: 'desc' },
      take: PAGE,
    }),
    servedSchema(product.id),
  ]);
  const emails = await emailsOf([incident.assigneeId, ...events.map((event) => event.actorId)]);
  const canManage = mayManage(ctx, incident);
  const mayRead = await mayReadRows(ctx, product.id);
  const { ownerId, domainId } = product;
  return {
    ...toRow(incident, emails, mayRead),
    rev: incident.rev,
    product: { id: product.id, title: product.title, address: addressOf(incident) },
    rule: rule && {
      id: rule.id,
      check: rule.check,
      column: rule.column,
      says: mayRead ? describeRule(rule) : [rule.check, rule.column].filter(Boolean).join(' of '),
    },
    rootCause: mayRead ? incident.rootCause : '',
    sampleSize: result?.sample.length ?? 0,
    events: events.map(({ id: eventId, at, kind, actorId, note }) => ({
      id: eventId,
      at: at.toISOString(),
      kind,
      actor: emails.get(actorId ?? '') ?? null,
      note: mayRead ? note : '',
    })),
    remediations: remediations.map((one) => ({
      id: one.id,
      kind: one.kind,
      status: one.status,
      rows: Number(one.rows),
      error: mayRead ? one.error : null,
      at: (one.finishedAt ?? one.createdAt).toISOString(),
    })),
    columns: served,
    canManage,
    people: canManage ? await peopleFor({ domainId, ownerId }) : [],
  };
}

async function servedSchema(productId: string): Promise<string[]> {
  const served = await db().productEnvironment.findFirst({
    where: { productId, environment: 'production' },
    select: { snapshotId: true },
  });
  if (!served?.snapshotId) return [];
  const snapshot = await db().snapshot.findUnique({
    where: { id: served.snapshotId },
    select: { schema: true },
  });
  return ((snapshot?.schema ?? []) as { name: string }[]).map((field) => field.name);
}
