import type { SubscriptionEvent } from '@/lib/alerts';
import { db, type Tx } from '@/lib/core';
import { productsHeldBy } from '@/lib/governance';

export interface Follow {
  isFollowing: boolean;
  /** They hold a grant, and are told unless they say otherwise. */
  byGrant: boolean;
  muted: SubscriptionEvent[];
}

/** How a person stands to a product: what they said, else whether they hold a grant. */
export async function followOf(userId: string, productId: string, tx: Tx = db()): Promise<Follow> {
  const said = await tx.productFollow.findUnique({
    where: { productId_userId: { productId, userId } },
  });
  const [row] = await tx.$queryRaw<{ byGrant: boolean }[]>`
    select ${productId} in (${productsHeldBy(userId)}) as "byGrant"`;
  const byGrant = row?.byGrant ?? false;
  return {
    isFollowing: said?.isFollowing ?? byGrant,
    byGrant,
    muted: (said?.muted ?? []) as SubscriptionEvent[],
  };
}
