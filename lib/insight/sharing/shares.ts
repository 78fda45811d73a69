import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { requireUser } from '@/lib/auth';
import { type Ctx, can, conflict, db, notFound, now, requireCan, transact } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { metricOf } from '../metrics/registry';
import { PLACE, placesFor } from '../place';
import { isSharingAllowed } from './policy';
import { type Kept, spanOf } from './span';

export const ListSharesInput = z.object({
  /** One's own, or everybody's for those who look after insight. */
  of: z.enum(['mine', 'all']).default('mine'),
  page: z.coerce.number().int().min(1).max(200).default(1),
});
export type ListSharesInput = z.input<typeof ListSharesInput>;

export interface ShareRow {
  id: string;
  title: string;
  by: string;
  /** The metric's title; null: all of them. */
  metric: string | null;
  range: string;
  compare: string;
  /** Days of one's own instead of the range. */
  from?: string;
  to?: string;
  /** In words: what the figures are of. */
  place: string;
  createdAt: string;
  expiresAt: string;
  state: 'active' | 'expired' | 'revoked';
  openings: number;
  lastOpenedAt: string | null;
}
export interface Shares {
  of: 'mine' | 'all';
  shares: ShareRow[];
  page: number;
  hasMore: boolean;
  isAllowed: boolean;
  mayManage: boolean;
  mayShare: boolean;
}

const PAGE = 50;

/** Share links, newest first; never their secrets. @throws AppError forbidden */
export async function listShares(ctx: Ctx, raw: ListSharesInput = {}): Promise<Shares> {
  const { of, page } = ListSharesInput.parse(raw);
  requireSignedIn(ctx, ['catalog:read']);
  const { id: userId } = requireUser(ctx);
  if (of === 'all') requireCan(ctx, 'insight.manage');
  const rows = await db().insightShare.findMany({
    where: of === 'mine' ? { userId } : {},
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip: (page - 1) * PAGE,
    take: PAGE + 1,
    select: {
      ...{ id: true, title: true, metric: true, createdAt: true, expiresAt: true },
      ...{ range: true, compare: true, fromDay: true, toDay: true },
      ...{ revokedAt: true, openings: true, lastOpenedAt: true, user: { select: { name: true } } },
      ...PLACE,
    },
  });
  const placed = await placesFor(ctx, rows);
  return {
    ...{
      of,
      page,
      shares: rows.slice(0, PAGE).map((row) => ({ ...rowOf(row), place: placed(row) })),
      hasMore: rows.length > PAGE,
    },
    isAllowed: await isSharingAllowed(),
    mayManage: can(ctx, 'insight.manage'),
    mayShare: can(ctx, 'insight.share'),
  };
}

interface Found extends Kept {
  id: string;
  title: string;
  metric: string | null;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  openings: number;
  lastOpenedAt: Date | null;
  user: { name: string };
}

function rowOf({ user, metric, revokedAt, ...row }: Found): Omit<ShareRow, 'place'> {
  return {
    ...{ id: row.id, title: row.title, openings: row.openings, by: user.name, ...spanOf(row) },
    metric: metric && (metricOf(metric)?.title ?? metric),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    state: revokedAt ? 'revoked' : row.expiresAt <= now() ? 'expired' : 'active',
    lastOpenedAt: row.lastOpenedAt?.toISOString() ?? null,
  };
}

export const RevokeShareInput = z.object({ shareId: z.string().min(1).max(64) });
export type RevokeShareInput = z.input<typeof RevokeShareInput>;

/** Ends a link of one's own, or as steward or platform admin anybody's. @throws AppError not_found | conflict */
export async function revokeShare(ctx: Ctx, raw: RevokeShareInput): Promise<void> {
  const { shareId: id } = RevokeShareInput.parse(raw);
  requireSignedIn(ctx, ['governance:write']);
  const actor = requireUser(ctx);
  await transact(async (tx) => {
    const share = await tx.insightShare.findUnique({ where: { id } });
    if (!share || (share.userId !== actor.id && !can(ctx, 'insight.manage'))) {
      throw notFound('This share link');
    }
    const { count } = await tx.insightShare.updateMany({
      where: { id, revokedAt: null, expiresAt: { gt: now() } },
      data: { revokedAt: now() },
    });
    if (count === 0) throw conflict('This share link is over already.');
    const { title, expiresAt, openings } = share;
    audit(tx, ctx, {
      action: 'insight.unshare',
      target: { type: 'share', id },
      ...(share.domainId && { domainId: share.domainId }),
      ...(share.productId && { productId: share.productId }),
      detail: { openings, ...changed({ title, expiresAt }, null) },
    });
  });
}
