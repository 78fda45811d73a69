import { z } from 'zod';
import { portalUrl } from '@/lib/alerts';
import { audit, changed } from '@/lib/audit';
import { hashToken, newLinkSecret, requireUser } from '@/lib/auth';
import { type Ctx, newId, now, precondition, requireCan, transact } from '@/lib/core';
import { requireMetric, Scope, scopeOf } from '../figures/scope';
import { isSharingAllowed } from './policy';

export const MOST_DAYS = 90;
const MOST_LINKS = 100;
const DAY_MS = 86_400_000;

export const CreateShareInput = Scope.omit({ mine: true }).extend({
  title: z
    .string()
    .trim()
    .min(1, 'Say what the link is for.')
    .max(80, 'Use at most 80 characters.'),
  /** One metric; without it all of them. */
  metric: z.string().min(1).max(63).optional(),
  days: z.coerce
    .number('Write a number of days.')
    .int('Use whole days.')
    .min(1, 'Use at least one day.')
    .max(MOST_DAYS, `Use at most ${MOST_DAYS} days.`),
});
export type CreateShareInput = z.input<typeof CreateShareInput>;

export interface CreatedShare {
  id: string;
  /** Only here and now: the database keeps a hash of its secret. */
  url: string;
  expiresAt: Date;
}

/**
 * A link that shows these figures, as the person may find them at that moment, to whoever has it, without signing in.
 * @throws AppError not_found | forbidden | precondition (share links are forbidden, or there are too many)
 */
export async function createShare(ctx: Ctx, raw: CreateShareInput): Promise<CreatedShare> {
  const { title, metric, days, ...asked } = CreateShareInput.parse(raw);
  const { id: userId } = requireUser(ctx);
  requireCan(ctx, 'insight.share');
  const { range, compare = 'previous', days: own, domainId, productId } = await scopeOf(ctx, asked);
  if (metric) requireMetric(metric, domainId !== null);
  const secret = newLinkSecret();
  const share = {
    ...{ id: newId(), userId, title, metric: metric ?? null, range, compare, createdAt: now() },
    ...{ fromDay: own ? new Date(own.from) : null, toDay: own ? new Date(own.to) : null },
    ...{ domainId: productId ? null : domainId, productId, tokenHash: hashToken(secret) },
    expiresAt: new Date(now().getTime() + days * DAY_MS),
  };
  await transact(async (tx) => {
    if (!(await isSharingAllowed(tx))) {
      throw precondition('Your organisation does not allow share links. Ask a steward.');
    }
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`shares:${userId}`}, 0))::text`;
    const live = { userId, revokedAt: null, expiresAt: { gt: now() } };
    if ((await tx.insightShare.count({ where: live })) >= MOST_LINKS) {
      throw precondition(`You have ${MOST_LINKS} share links. Revoke those that nobody needs.`);
    }
    await tx.insightShare.create({ data: share });
    const { id, tokenHash: _, createdAt: __, userId: ___, ...told } = share;
    audit(tx, ctx, {
      action: 'insight.share',
      target: { type: 'share', id },
      ...(domainId && { domainId }),
      ...(productId && { productId }),
      detail: changed(null, told),
    });
  });
  const { id, expiresAt } = share;
  return { id, url: `${portalUrl()}/shared/insight/${secret}`, expiresAt };
}
