import { z } from 'zod';
import { type Ctx, db, now, transact } from '@/lib/core';
import { ALERT_GROUPS, type AlertGroup } from '../alert';
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

/** What the person was told, newest first. */
export async function listInbox(
  ctx: Ctx,
  raw: InboxFilter = {},
): Promise<{ items: InboxRow[]; nextPage: string | null }> {
  const userId = me(ctx);
  const { unread, after, group, product } = InboxFilter.parse(raw);
  const [domain, name] = product?.split('/') ?? [];
  const rows = await db().notification.findMany({
    where: {
      userId,
      ...(unread && { readAt: null }),
      ...(group && { kind: { startsWith: `${group}.` } }),
      ...(product && { product: { name: name ?? '', domain: { name: domain ?? '' } } }),
      ...(after && { id: { lt: after } }),
    },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
    include: { product: { select: { name: true, domain: { select: { name: true } } } } },
  });
  const page = rows.slice(0, PAGE);
  return {
    nextPage: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
    items: page.map(({ readAt, createdAt, product: of, ...row }) => ({
      id: row.id,
      kind: row.kind,
      level: row.level as InboxRow['level'],
      title: row.title,
      body: row.body,
      href: row.href,
      product: of && `${of.domain.name}/${of.name}`,
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
export async function inboxFacets(ctx: Ctx): Promise<InboxFacets> {
  const userId = me(ctx);
  const rows = await db().$queryRaw<{ of: string; value: string; count: number }[]>`
    with told as (select kind, "productId" from notification where "userId" = ${userId}
      order by id desc limit ${NEWEST})
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
export async function unreadCount(ctx: Ctx): Promise<number> {
  const rows = await db().notification.findMany({
    where: { userId: me(ctx), readAt: null },
    select: { id: true },
    take: MOST,
  });
  return rows.length;
}

export const MarkReadInput = z.object({
  /** Without ids: everything. */
  ids: z.array(z.string().min(1).max(100)).max(200).optional(),
  isRead: z.boolean().default(true),
});
export type MarkReadInput = z.input<typeof MarkReadInput>;

export async function markRead(ctx: Ctx, raw: MarkReadInput): Promise<void> {
  const userId = me(ctx);
  const { ids, isRead } = MarkReadInput.parse(raw);
  await transact((tx) =>
    tx.notification.updateMany({
      where: { userId, ...(ids && { id: { in: ids } }), readAt: isRead ? null : { not: null } },
      data: { readAt: isRead ? now() : null },
    }),
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
