import type { SubscriptionEvent } from '@/lib/alerts';
import { type Ctx, db } from '@/lib/core';
import { productsHeldBy, visibleProducts } from '@/lib/governance';
import { CommunityPage } from '../page';
import { placeOf, reader } from '../place';
import { type Follow, followOf } from './follow-of';

export interface ProductFollow extends Follow {
  /** The owner is told of everything, whatever they say. */
  isOwner: boolean;
}

/** How the actor follows a product. */
export async function productFollow(ctx: Ctx, productId: string): Promise<ProductFollow> {
  const { id } = reader(ctx);
  const place = await placeOf(ctx, productId);
  return { ...(await followOf(id, place.id)), isOwner: place.ownerId === id };
}

export interface FollowedProduct extends Follow {
  id: string;
  title: string;
  /** `domain/name` */
  address: string;
}

const SIZE = 50;

/** Every product that the actor is told of, or has switched off though they hold a grant; by id. */
export async function listFollows(
  ctx: Ctx,
  raw: CommunityPage = {},
): Promise<{ items: FollowedProduct[]; nextPage: string | null }> {
  const { id: userId } = reader(ctx);
  const { after = '' } = CommunityPage.parse(raw);
  const visible = await visibleProducts(ctx);
  const rows = await db().$queryRaw<(FollowedProduct & { muted: SubscriptionEvent[] })[]>`
    with held as materialized (${productsHeldBy(userId)}),
      said as (select * from product_follow where "userId" = ${userId}),
      told as (select "productId" from held union select "productId" from said where "isFollowing")
    select p.id, p.title, d.name || '/' || p.name as address, h.held as "byGrant",
      coalesce(f."isFollowing", h.held) as "isFollowing", coalesce(f.muted, '{}') as muted
    from told t join product p on p.id = t."productId" join domain d on d.id = p."domainId"
    left join said f on f."productId" = p.id
    cross join lateral (select p.id in (select "productId" from held) as held) h
    where p.status <> 'retired' and p.id > ${after} and ${visible}
    order by p.id limit ${SIZE + 1}`;
  const items = rows.slice(0, SIZE);
  return { items, nextPage: rows.length > SIZE ? (items.at(-1)?.id ?? null) : null };
}
