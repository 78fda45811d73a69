import { ctxForUser, hashToken, requireRate } from '@/lib/auth';
import { type Ctx, can, db, isAppError, now } from '@/lib/core';
import { OVERVIEW } from '../dashboards/dashboard';
import {
  getMetric,
  listMetrics,
  type MetricDetail,
  type MetricFigures,
  type PeriodView,
} from '../figures/queries';
import type { Scope } from '../figures/scope';
import { PLACE, placeOf, placeWords } from '../place';
import { isSharingAllowed } from './policy';
import { spanOf } from './span';

/** Openings within a quarter of an hour: from one address whatever the link, and of one link. */
export const FROM_ADDRESS = 120;
export const OF_LINK = 600;

interface Open {
  state: 'open';
  title: string;
  expiresAt: string;
  /** In words: what the figures are of. */
  place: string;
  period: PeriodView;
}
export type Shared =
  | (Open & { detail: Omit<MetricDetail, 'query' | 'targets' | 'maySetTarget'> })
  | (Open & { metrics: MetricFigures[] })
  /** `withdrawn`: whoever shared it may no longer, or there is nothing left to show. */
  | { state: 'expired' | 'revoked' | 'withdrawn' };

/**
 * What a share link shows: the figures as its maker may find them now, and no way further. Null for a link that was never
 * given. @throws AppError rate_limited
 */
export async function openShare(ctx: Ctx, secret: string): Promise<Shared | null> {
  const busy = 'Too many share links were opened. Try again in a quarter of an hour.';
  await requireRate(`share:${ctx.ip ?? 'unknown'}`, FROM_ADDRESS, busy);
  const share = await db().insightShare.findUnique({
    where: { tokenHash: hashToken(secret) },
    include: PLACE,
  });
  if (!share) return null;
  await requireRate(`share:${share.id}`, OF_LINK, busy);
  if (share.revokedAt) return { state: 'revoked' };
  if (share.expiresAt <= now()) return { state: 'expired' };
  const { id, title, metric, userId } = share;
  const place = placeOf(share);
  const figures = await figuresFor(userId, metric, { ...spanOf(share), ...place });
  if (!figures) return { state: 'withdrawn' };
  await db().insightShare.updateMany({
    where: { id },
    data: { openings: { increment: 1 }, lastOpenedAt: now() },
  });
  const expiresAt = share.expiresAt.toISOString();
  return { state: 'open', title, expiresAt, place: placeWords(place), ...figures };
}

/** As the person may find them, if they may share still; null where they may not. */
async function figuresFor(userId: string, metric: string | null, scope: Scope) {
  if (!(await isSharingAllowed())) return null;
  try {
    const sharer = await ctxForUser(userId);
    if (!can(sharer, 'insight.share')) return null;
    if (!metric) return await listMetrics(sharer, scope, OVERVIEW);
    const {
      query: _,
      targets: __,
      maySetTarget: ___,
      ...detail
    } = await getMetric(sharer, metric, scope);
    return { detail, period: detail.period };
  } catch (error) {
    if (isAppError(error) && (error.code === 'not_found' || error.code === 'forbidden'))
      return null;
    throw error;
  }
}
