import type { SubscriptionEvent } from '@/lib/alerts';
import { db, now, type Tx } from '@/lib/core';

export interface Follow {
  isFollowing: boolean;
  /** They hold a grant, and are told unless they say otherwise. */
  byGrant: boolean;
  muted: SubscriptionEvent[];
}

/** How a person stands to a product: what they said, else whether they hold a grant. */
export async function followOf(userId: string, productId: string, tx: Tx = db()): Promise<Follow> {
  const [said, grants] = await Promise.all([
    tx.productFollow.findUnique({ where: { productId_userId: { productId, userId } } }),
    tx.grant.count({
      where: {
        ...{ productId, subjectId: userId, revokedAt: null },
        OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
      },
    }),
  ]);
  const byGrant = grants > 0;
  return {
    isFollowing: said?.isFollowing ?? byGrant,
    byGrant,
    muted: (said?.muted ?? []) as SubscriptionEvent[],
  };
}
