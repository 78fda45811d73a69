import { z } from 'zod';
import { type Ctx, db, now, Prisma, transact } from '@/lib/core';
import { ALERT_GROUPS, type AlertGroup } from '../alert';
import { type Findable, isToldStill } from '../findable';
import { me } from './me';

export interface InboxRow {
  id: string;
  kind: string;
  level: 'info' | 'warning' | 'error';
  title: string;
  body: string;
  href: string | null;
  /** `domain/name` of the product that it is about. */
  product: string | null;
  createdAt: string;
  isRead: boolean;
}
const PAGE = 50;

export const InboxFilter = z.object({
  unread: z.stringbool().optional().catch(undefined),
  /** What stands before the point of a kind: `quality`. */
  group: z
    .enum(Object.keys(ALERT_GROUPS) as [AlertGroup, ...AlertGroup[]])
    .optional()
    .catch(undefined),
  /** `domain/name` */
  product: z.string().max(200).optional(),
  after: z.string().max(100).optional(),
});
export type InboxFilter = z.input<typeof InboxFilter>;

const PRODUCT = Prisma.sql`n."productId"`;
type Told = Omit<InboxRow, 'createdAt' | 'isRead'> & { createdAt: Date; readAt: Date | null };

/** What the person was told, newest first, without what is about products that they may not find any more. */
export async function listInbox(
  ctx: Ctx,
  findable: Findable,
  raw: InboxFilter = {},
): Promise<{ items: InboxRow[]; nextPage: string | null }> {
  const userId = me(ctx);
  const { unread, after, group, product } = InboxFilter.parse(raw);
  const where = [
    Prisma.sql`n."userId" = ${userId}`,
    isToldStill(PRODUCT, await findable(ctx)),
    ...(unread ? [Prisma.sql`n."readAt" is null`] : []),
    ...(group ? [Prisma.sql`starts_with(n.kind, ${`${group}.`})`] : []),
    ...(product ? [Prisma.sql`d.name || '/' || p.name = ${product}`] : []),
    ...(after ? [Prisma.sql`n.id < ${after}`] : []),
  ];
  const rows = await db().$queryRaw<Told[]>`
    select n.id, n.kind, n.level, n.title, n.body, n.href, n."createdAt", n."readAt", d.name || '/' || p.name as product
    from notification n left join product p on p.id = n."productId" left join domain d on d.id = p."domainId"
    where ${Prisma.join(where, ' and ')} order by n.id desc limit ${PAGE + 1}`;
  const page = rows.slice(0, PAGE);
  return {
    nextPage: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
    items: page.map(({ readAt, createdAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      isRead: readAt !== null,
    })),
  };
}

export interface InboxFacets {
  groups: { value: AlertGroup; label: string; count: number }[];
  products: { value: string; count: number }[];
}

const NEWEST = 1000;
const CHOICES = 30;

/** What the newest thousand of a person's alerts are of, to choose from. */
export async function inboxFacets(ctx: Ctx, findable: Findable): Promise<InboxFacets> {
  const userId = me(ctx);
  const told = isToldStill(PRODUCT, await findable(ctx));
  const rows = await db().$queryRaw<{ of: string; value: string; count: number }[]>`
    with told as (select n.kind, n."productId" from notification n where n."userId" = ${userId} and ${told}
      order by n.id desc limit ${NEWEST})
    (select 'group' as of, split_part(kind, '.', 1) as value, count(*)::int as count
      from told group by 2 order by 3 desc, 2)
    union all
    (select 'product', d.name || '/' || p.name, count(*)::int from told t
      join product p on p.id = t."productId" join domain d on d.id = p."domainId"
      group by 2 order by 3 desc, 2 limit ${CHOICES})`;
  return {
    groups: rows.flatMap(({ of, value, count }) =>
      of === 'group' && value in ALERT_GROUPS
        ? [{ value: value as AlertGroup, label: ALERT_GROUPS[value as AlertGroup], count }]
        : [],
    ),
    products: rows.flatMap(({ of, value, count }) => (of === 'product' ? [{ value, count }] : [])),
  };
}

const MOST = 99;

/** How many the person has not read, 99 at most. */
export async function unreadCount(ctx: Ctx, findable: Findable): Promise<number> {
  const userId = me(ctx);
  const told = isToldStill(PRODUCT, await findable(ctx));
  const [row] = await db().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (select from notification n
      where n."userId" = ${userId} and n."readAt" is null and ${told} limit ${MOST}) unread`;
  return row?.count ?? 0;
}

export const MarkReadInput = z.object({
  /** Without ids: everything that is listed. */
  ids: z.array(z.string().min(1).max(100)).max(200).optional(),
  isRead: z.boolean().default(true),
});
export type MarkReadInput = z.input<typeof MarkReadInput>;

export async function markRead(ctx: Ctx, findable: Findable, raw: MarkReadInput): Promise<void> {
  const userId = me(ctx);
  const { ids, isRead } = MarkReadInput.parse(raw);
  const told = isToldStill(PRODUCT, await findable(ctx));
  const which = ids ? Prisma.sql`n.id = any(${ids}::text[])` : Prisma.sql`true`;
  await transact(
    (tx) => tx.$executeRaw`update notification n set "readAt" = ${isRead ? now() : null}
      where n."userId" = ${userId} and (n."readAt" is null) = ${isRead} and ${which} and ${told}`,
  );
}

const KEPT_DAYS = 180;

/** Removes what people read long ago. @returns how many */
export async function removeOldNotifications(): Promise<number> {
  const { count } = await db().notification.deleteMany({
    where: { readAt: { lt: new Date(now().getTime() - KEPT_DAYS * 86_400_000) } },
  });
  return count;
}
