import type { SubscriptionEvent } from '@/lib/alerts';
import { type Ctx, db, now } from '@/lib/core';
import { visibleProducts } from '@/lib/governance';
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
    select p.id, p.title, d.name || '/' || p.name as address, g.held as "byGrant",
      coalesce(f."isFollowing", g.held) as "isFollowing", coalesce(f.muted, '{}') as muted
    from product p join domain d on d.id = p."domainId"
    left join product_follow f on f."productId" = p.id and f."userId" = ${userId}
    cross join lateral (select exists (select from "grant" x where x."productId" = p.id and x."subjectId" = ${userId}
      and x."revokedAt" is null and (x."expiresAt" is null or x."expiresAt" > ${now()})) as held) g
    where p.id in (select "productId" from product_follow where "userId" = ${userId}
        union select "productId" from "grant" where "subjectId" = ${userId} and "revokedAt" is null)
      and (g.held or f."isFollowing") and p.status <> 'retired' and p.id > ${after} and ${visible}
    order by p.id limit ${SIZE + 1}`;
  const items = rows.slice(0, SIZE);
  return { items, nextPage: rows.length > SIZE ? (items.at(-1)?.id ?? null) : null };
}
