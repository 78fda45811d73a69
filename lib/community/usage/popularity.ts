import { type Ctx, db, now } from '@/lib/core';
import { requireSignedIn, visibleAmong, visibleProducts } from '@/lib/governance';

/** What everybody may know of a product: figures without names. */
export interface Standing {
  /** Different people, its owner aside, who were served rows in 30 days. */
  consumers: number;
  rating: { count: number; average: number } | null;
}

const DAYS = 30;
const since = () => new Date(now().getTime() - DAYS * 86_400_000);

type Found = { id: string; consumers: number; count: number | null; average: number | null };
const toStanding = ({ consumers, count, average }: Found): Standing => ({
  consumers,
  rating: count === null || average === null ? null : { count, average },
});

/** How products stand with those who use them, by id; of those that the actor may find. */
export async function productStandings(
  ctx: Ctx,
  productIds: readonly string[],
): Promise<Record<string, Standing>> {
  requireSignedIn(ctx, ['catalog:read']);
  const seen = [...(await visibleAmong(ctx, productIds.slice(0, 200)))];
  if (seen.length === 0) return {};
  const rows = await db().$queryRaw<Found[]>`
    select p.id, r.count, r.average, (select count(*)::int from product_reader x
      where x."productId" = p.id and x."userId" <> p."ownerId" and x."lastAt" > ${since()}) as consumers
    from product p left join product_rating r on r."productId" = p.id where p.id = any(${seen}::text[])`;
  return Object.fromEntries(rows.map((row) => [row.id, toStanding(row)]));
}

export interface PopularProduct extends Standing {
  id: string;
  title: string;
  /** `domain/name` */
  address: string;
  classification: string;
}

const SHOWN = 8;
/** So many of the products with most readers in the catalogue's count are looked at. */
const LOOKED_AT = 100;

/** What most people read in 30 days, then what is rated best; of what the actor may find. */
export async function popularProducts(ctx: Ctx): Promise<PopularProduct[]> {
  requireSignedIn(ctx, ['catalog:read']);
  const visible = await visibleProducts(ctx);
  const rows = await db().$queryRaw<(Found & Omit<PopularProduct, keyof Standing>)[]>`
    with often as materialized (
      select p.id from product_search s join product p on p.id = s."productId"
      where s.readers > 0 and s.status in ('production', 'deprecated') and ${visible}
      order by s.readers desc, s.title, s."productId" limit ${LOOKED_AT})
    select p.id, p.title, p.classification, d.name || '/' || p.name as address, r.count, r.average, c.consumers
    from often join product p on p.id = often.id join domain d on d.id = p."domainId"
    cross join lateral (select count(*)::int as consumers from product_reader x
      where x."productId" = p.id and x."userId" <> p."ownerId" and x."lastAt" > ${since()}) c
    left join product_rating r on r."productId" = p.id
    where c.consumers > 0 order by c.consumers desc, coalesce(r.score, 3) desc, p.id limit ${SHOWN}`;
  return rows.map((row) => ({
    ...{ id: row.id, title: row.title, address: row.address, classification: row.classification },
    ...toStanding(row),
  }));
}

export interface RecentProduct {
  id: string;
  title: string;
  address: string;
  lastAt: string;
}

/** What the actor themselves read last, newest first. */
export async function recentlyUsed(ctx: Ctx): Promise<RecentProduct[]> {
  requireSignedIn(ctx, ['catalog:read']);
  if (ctx.actor.type !== 'user') return [];
  const visible = await visibleProducts(ctx);
  const rows = await db().$queryRaw<(Omit<RecentProduct, 'lastAt'> & { lastAt: Date })[]>`
    select p.id, p.title, d.name || '/' || p.name as address, r."lastAt" from product_reader r
    join product p on p.id = r."productId" join domain d on d.id = p."domainId"
    where r."userId" = ${ctx.actor.id} and p.status <> 'retired' and ${visible}
    order by r."lastAt" desc limit ${SHOWN}`;
  return rows.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() }));
}
