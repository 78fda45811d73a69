import { z } from 'zod';
import { type Ctx, db, type Prisma } from '@/lib/core';
import { emailsOf } from '@/lib/domains';
import { concerning, requireSignedIn } from '@/lib/governance';

const word = z.string().max(100).optional().catch(undefined);
export const AcrossFilter = z.object({
  /** Without it: those that are open. */
  status: z.enum(['open', 'resolved', 'all']).optional().catch(undefined),
  level: z.enum(['error', 'warning']).optional().catch(undefined),
  domain: word,
  /** Only what is given to me. */
  mine: z.enum(['yes']).optional().catch(undefined),
  after: z.string().max(100).optional(),
});
export type AcrossFilter = z.input<typeof AcrossFilter>;

/** Without what the rule found: that is for who may read the rows, on the incident's own page. */
export interface AcrossRow {
  id: string;
  ruleName: string;
  dimension: string;
  level: 'warning' | 'error';
  status: 'open' | 'resolved';
  occurrences: number;
  assignee: string | null;
  openedAt: string;
  resolvedAt: string | null;
  product: { title: string; address: string };
}
const PAGE = 50;

/** Incidents that somebody has to do with: stewards see all, others their domains', their products' and their own. */
function mayConcern(ctx: Ctx): Prisma.QualityIncidentWhereInput {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  return concerning(ctx);
}

const isLive = { product: { status: { not: 'retired' } } };

function whereOf(
  ctx: Ctx,
  filter: z.output<typeof AcrossFilter>,
): Prisma.QualityIncidentWhereInput {
  const { status = 'open', level, domain, mine } = filter;
  return {
    AND: [
      mayConcern(ctx),
      status === 'all' ? {} : { status },
      // What is open on a retired product is nobody's to mend.
      status === 'open' ? isLive : {},
      domain ? { product: { domain: { name: domain } } } : {},
      mine ? { assigneeId: ctx.actor.type === 'user' ? ctx.actor.id : '' } : {},
    ],
    ...(level && { level }),
  };
}

/** Quality incidents of every product that the viewer has to do with, newest first. @throws AppError unauthenticated | forbidden */
export async function incidentsAcross(
  ctx: Ctx,
  raw: AcrossFilter = {},
): Promise<{ incidents: AcrossRow[]; nextPage: string | null }> {
  const filter = AcrossFilter.parse(raw);
  const rows = await db().qualityIncident.findMany({
    where: { ...whereOf(ctx, filter), ...(filter.after && { id: { lt: filter.after } }) },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
    include: {
      product: { select: { title: true, name: true, domain: { select: { name: true } } } },
    },
  });
  const page = rows.slice(0, PAGE);
  const emails = await emailsOf(page.map((row) => row.assigneeId));
  return {
    incidents: page.map(({ product, ...row }) => ({
      ...{ id: row.id, ruleName: row.ruleName, dimension: row.dimension },
      level: row.level === 'error' ? 'error' : 'warning',
      status: row.status === 'open' ? 'open' : 'resolved',
      occurrences: row.occurrences,
      assignee: emails.get(row.assigneeId ?? '') ?? null,
      openedAt: row.openedAt.toISOString(),
      resolvedAt: row.resolvedAt?.toISOString() ?? null,
      product: { title: product.title, address: `${product.domain.name}/${product.name}` },
    })),
    nextPage: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}

export interface OpenIncidents {
  errors: number;
  warnings: number;
  /** Assigned to the viewer. */
  mine: number;
  /** Domains with open incidents, by name. */
  domains: { name: string; count: number }[];
}

/** How many incidents are open that concern the viewer, and where. */
export async function openIncidents(ctx: Ctx): Promise<OpenIncidents> {
  const where = whereOf(ctx, { status: 'open' });
  const [levels, places, mine] = await Promise.all([
    db().qualityIncident.groupBy({ by: ['level'], where, _count: true }),
    db().qualityIncident.groupBy({ by: ['domainId'], where, _count: true }),
    db().qualityIncident.count({ where: whereOf(ctx, { status: 'open', mine: 'yes' }) }),
  ]);
  const domains = await db().domain.findMany({
    where: { id: { in: places.map((one) => one.domainId) } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  });
  const countAt = new Map(places.map((one) => [one.domainId, one._count]));
  const of = (level: string) => levels.find((one) => one.level === level)?._count ?? 0;
  return {
    errors: of('error'),
    warnings: of('warning'),
    mine,
    domains: domains.map(({ id, name }) => ({ name, count: countAt.get(id) ?? 0 })),
  };
}
