import Link from 'next/link';
import { SUBSCRIPTION_EVENTS } from '@/lib/alerts';
import { productFollow, productStandings } from '@/lib/community';
import type { Ctx } from '@/lib/core';
import { FollowButton } from './follow-button';
import { Rating } from './stars';

interface StandingProps {
  ctx: Ctx;
  productId: string;
  /** `domain/name` */
  address: string;
}

/** How a product stands with those who use it, in its header. */
export async function StandingFacts({ ctx, productId, address }: StandingProps) {
  const standing = (await productStandings(ctx, [productId]))[productId];
  if (!standing) return null;
  const { consumers, rating } = standing;
  return (
    <>
      {rating && (
        <Link href={`/products/${address}/community`} className="link inline-flex items-center">
          <Rating rating={rating} />
        </Link>
      )}
      <span className="tabular" title="Different people who were served rows in the last 30 days">
        {consumers} {consumers === 1 ? 'consumer' : 'consumers'} in 30 days
      </span>
    </>
  );
}

/** Follow, or choose of what to be told; its owner is told anyway. */
export async function FollowControl({
  ctx,
  productId,
  title,
}: {
  ctx: Ctx;
  productId: string;
  title: string;
}) {
  const follow = await productFollow(ctx, productId);
  if (follow.isOwner) return null;
  return (
    <FollowButton
      productId={productId}
      title={title}
      follow={follow}
      events={Object.entries(SUBSCRIPTION_EVENTS)}
    />
  );
}
