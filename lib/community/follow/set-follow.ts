import { z } from 'zod';
import { SUBSCRIPTION_EVENTS, type SubscriptionEvent } from '@/lib/alerts';
import { audit, changed } from '@/lib/audit';
import { type Ctx, transact } from '@/lib/core';
import { auditOf, placeOf, writer } from '../place';
import { followOf } from './follow-of';

const EVENTS = Object.keys(SUBSCRIPTION_EVENTS) as [SubscriptionEvent, ...SubscriptionEvent[]];

export const SetFollowInput = z.object({
  productId: z.string().min(1).max(100),
  isFollowing: z.boolean(),
  /** Events not to be told of; left out, they stay as they are. */
  muted: z.array(z.enum(EVENTS)).max(EVENTS.length).optional(),
});
export type SetFollowInput = z.input<typeof SetFollowInput>;

/** Follows a product or not, event by event; also for those who are told because they hold a grant. */
export async function setFollow(ctx: Ctx, raw: SetFollowInput): Promise<void> {
  const { id: userId } = writer(ctx);
  const { productId, isFollowing, muted } = SetFollowInput.parse(raw);
  const place = await placeOf(ctx, productId);
  await transact(async (tx) => {
    const before = await followOf(userId, place.id, tx);
    const data = { isFollowing, muted: [...new Set(muted ?? before.muted)].sort() };
    await tx.productFollow.upsert({
      where: { productId_userId: { productId: place.id, userId } },
      create: { productId: place.id, userId, ...data },
      update: data,
    });
    audit(tx, ctx, {
      action: isFollowing ? 'product.follow' : 'product.unfollow',
      target: { type: 'product', id: place.id },
      ...auditOf(place),
      detail: changed({ isFollowing: before.isFollowing, muted: before.muted }, data),
    });
  });
}
