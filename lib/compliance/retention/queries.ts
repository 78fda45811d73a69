import { z } from 'zod';
import { type Ctx, can, db, notFound, type Prisma, requireCan } from '@/lib/core';
import { holdsOn, requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import { keptFor, planRetention } from './plan';

export interface RetentionRow {
  productId: string;
  address: string;
  title: string;
  classification: string;
  /** Null when no policy says how long it is kept. */
  kept: { retention: string; policy: string; cutoff: string } | null;
  column: string | null;
  isHeld: boolean;
  lastRun: { status: string; at: string; rowsDeleted: number } | null;
}
const PAGE = 50;

export const RetentionFilter = z.object({
  domain: z.string().max(63).optional(),
  after: z.string().max(100).optional(),
});
export type RetentionFilter = z.input<typeof RetentionFilter>;

/** Products that serve rows, with how long each is kept and what was done last; in the order of their ids. */
export async function listRetention(
  ctx: Ctx,
  raw: RetentionFilter = {},
): Promise<{ products: RetentionRow[]; nextPage: string | null }> {
  requireSignedIn(ctx, ['governance:read']);
  const { domain, after } = RetentionFilter.parse(raw);
  const rows = await db().product.findMany({
    where: {
      AND: [
        visibleTo(ctx),
        { environments: { some: { status: 'live', environment: 'production' } } },
        ...(domain ? [{ domain: { name: domain } }] : []),
        ...(after ? [{ id: { gt: after } }] : []),
      ],
    },
    orderBy: { id: 'asc' },
    take: PAGE + 1,
    include: {
      domain: { select: { name: true } },
      retentionColumn: true,
      retention: { orderBy: { createdAt: 'desc' }, take: 1 },
    },
  });
  const page = rows.slice(0, PAGE);
  const held = await holdsOn(page.map((row) => row.id));
  const products = await Promise.all(
    page.map(async (row): Promise<RetentionRow> => {
      const kept = await keptFor(row.domain.name, row.classification);
      const [last] = row.retention;
      return {
        productId: row.id,
        address: `${row.domain.name}/${row.name}`,
        title: row.title,
        classification: row.classification,
        kept: kept && { ...kept, cutoff: kept.cutoff.toISOString() },
        column: row.retentionColumn?.column ?? null,
        isHeld: held.has(row.id),
        lastRun: last
          ? {
              status: last.status,
              at: (last.finishedAt ?? last.createdAt).toISOString(),
              rowsDeleted: Number(last.rowsDeleted ?? 0),
            }
          : null,
      };
    }),
  );
  return { products, nextPage: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}

function visibleTo(ctx: Ctx): Prisma.ProductWhereInput {
  const { actor } = ctx;
  if (can(ctx, 'audit.read')) return {};
  if (actor.type !== 'user') return { id: '' };
  const domains = actor.memberships
    .filter(({ role }) => role !== 'data_consumer')
    .map(({ domainId }) => domainId);
  return { OR: [{ ownerId: actor.id }, { domainId: { in: domains } }] };
}

export interface RetentionDetail {
  productId: string;
  address: string;
  title: string;
  canRun: boolean;
  plan: {
    policy: string;
    retention: string;
    mode: 'rows' | 'snapshots';
    column: string | null;
    cutoff: string;
    rowsServed: number;
    rowsToDelete: number;
    snapshotsToDestroy: number;
    filesToDestroy: number;
    timeColumns: string[];
    isHeld: boolean;
  } | null;
  runs: {
    id: string;
    trigger: string;
    status: string;
    policy: string;
    retention: string;
    cutoff: string;
    rowsBefore: number | null;
    rowsDeleted: number | null;
    receipt: string | null;
    error: string | null;
    at: string;
  }[];
}

/** What retention would delete of a product now, and what it did. @throws AppError not_found | forbidden */
export async function getRetention(
  ctx: Ctx,
  domain: string,
  name: string,
): Promise<RetentionDetail> {
  requireSignedIn(ctx, ['governance:read']);
  const product = await db().product.findFirst({
    where: { name, domain: { name: domain }, status: { not: 'draft' } },
  });
  if (!product) throw notFound('This product');
  await requireVisibleProduct(ctx, product.id);
  const scope = { domainId: product.domainId, ownerId: product.ownerId };
  requireCan(ctx, 'compliance.read', scope);
  const [plan, runs] = await Promise.all([
    planRetention(product.id, 'production'),
    db().retentionRun.findMany({
      where: { productId: product.id },
      orderBy: { createdAt: 'desc' },
      take: PAGE,
    }),
  ]);
  return {
    productId: product.id,
    address: `${domain}/${name}`,
    title: product.title,
    canRun: can(ctx, 'retention.run', scope),
    plan: plan && {
      policy: plan.policy,
      retention: plan.retention,
      mode: plan.mode,
      column: plan.column,
      cutoff: plan.cutoff.toISOString(),
      rowsServed: plan.rowsServed,
      rowsToDelete: plan.doomed.find((one) => one.isServed)?.rows ?? 0,
      snapshotsToDestroy: plan.doomed.length,
      filesToDestroy: plan.doomed.reduce((sum, one) => sum + one.files.length, 0),
      timeColumns: plan.timeColumns,
      isHeld: plan.isHeld,
    },
    runs: runs.map((run) => ({
      id: run.id,
      trigger: run.trigger,
      status: run.status,
      policy: run.policy,
      retention: run.retention,
      cutoff: run.cutoff.toISOString(),
      rowsBefore: run.rowsBefore === null ? null : Number(run.rowsBefore),
      rowsDeleted: run.rowsDeleted === null ? null : Number(run.rowsDeleted),
      receipt: run.receipt,
      error: run.error,
      at: (run.finishedAt ?? run.createdAt).toISOString(),
    })),
  };
}
