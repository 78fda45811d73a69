import { type Ctx, db, now } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { placeOf, represents } from '../place';

export interface AnnouncementRow {
  id: string;
  title: string;
  text: string;
  by: string;
  createdAt: string;
  until: string;
}
export interface ProductAnnouncements {
  items: AnnouncementRow[];
  mayAnnounce: boolean;
}

const SHOWN = 10;

/** What is announced about a product now, newest first. */
export async function productAnnouncements(
  ctx: Ctx,
  productId: string,
): Promise<ProductAnnouncements> {
  requireSignedIn(ctx, ['catalog:read']);
  const place = await placeOf(ctx, productId);
  const rows = await db().announcement.findMany({
    where: { productId: place.id, withdrawnAt: null, until: { gt: now() } },
    orderBy: { id: 'desc' },
    take: SHOWN,
    include: { author: { select: { name: true } } },
  });
  return {
    items: rows.map(({ id, title, text, author, createdAt, until }) => ({
      ...{ id, title, text, by: author.name },
      createdAt: createdAt.toISOString(),
      until: until.toISOString(),
    })),
    mayAnnounce: represents(ctx, place),
  };
}
