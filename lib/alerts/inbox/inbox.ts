import { z } from 'zod';
import { AppError, type Ctx, db, env, forbidden, hasScope, now, transact } from '@/lib/core';
import { ALERT_KINDS, type AlertKind } from '../alert';
import { asksByDefault } from '../wants';

/** What people are told is theirs alone: no token and no role reaches another's. */
function me(ctx: Ctx): string {
  if (ctx.actor.type === 'user') {
    if (hasScope(ctx.actor, 'governance:read')) return ctx.actor.id;
    throw forbidden('This API token lacks the scope governance:read. Use one that has it.');
  }
  throw new AppError('unauthenticated', 'Sign in to read your inbox.');
}

export interface InboxRow {
  id: string;
  kind: string;
  level: 'info' | 'warning' | 'error';
  title: string;
  body: string;
  href: string | null;
  createdAt: string;
  isRead: boolean;
}
const PAGE = 50;

export const InboxFilter = z.object({
  unread: z.stringbool().optional().catch(undefined),
  after: z.string().max(100).optional(),
});
export type InboxFilter = z.input<typeof InboxFilter>;

/** What the person was told, newest first. */
export async function listInbox(
  ctx: Ctx,
  raw: InboxFilter = {},
): Promise<{ items: InboxRow[]; nextPage: string | null }> {
  const userId = me(ctx);
  const { unread, after } = InboxFilter.parse(raw);
  const rows = await db().notification.findMany({
    where: { userId, ...(unread && { readAt: null }), ...(after && { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  return {
    nextPage: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
    items: page.map(({ readAt, createdAt, ...row }) => ({
      id: row.id,
      kind: row.kind,
      level: row.level as InboxRow['level'],
      title: row.title,
      body: row.body,
      href: row.href,
      createdAt: createdAt.toISOString(),
      isRead: readAt !== null,
    })),
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

export interface Preference {
  kind: AlertKind;
  about: string;
  /** Null: as it comes, which is `byDefault`, and errors always. */
  email: boolean | null;
  byDefault: boolean;
}

/** What the person gets by e-mail, kind by kind, and whether the portal can send any. */
export async function alertPreferences(
  ctx: Ctx,
): Promise<{ hasMailServer: boolean; all: boolean | null; kinds: Preference[] }> {
  const said = await db().alertPreference.findMany({ where: { userId: me(ctx) } });
  const of = (kind: string) => said.find((one) => one.kind === kind)?.email ?? null;
  return {
    hasMailServer: env().PORTOLAN_SMTP_URL !== undefined,
    all: of('*'),
    kinds: Object.entries(ALERT_KINDS).map(([kind, about]) => ({
      kind: kind as AlertKind,
      about,
      email: of(kind),
      byDefault: asksByDefault(kind as AlertKind),
    })),
  };
}

export const SetAlertPreferenceInput = z.object({
  kind: z.string().refine((kind) => kind === '*' || kind in ALERT_KINDS, 'No such kind of alert'),
  /** Null: as it comes. */
  email: z.boolean().nullable(),
});
export type SetAlertPreferenceInput = z.input<typeof SetAlertPreferenceInput>;

export async function setAlertPreference(ctx: Ctx, raw: SetAlertPreferenceInput): Promise<void> {
  const userId = me(ctx);
  const { kind, email } = SetAlertPreferenceInput.parse(raw);
  await transact(async (tx) => {
    if (email === null)
      return void (await tx.alertPreference.deleteMany({ where: { userId, kind } }));
    await tx.alertPreference.upsert({
      where: { userId_kind: { userId, kind } },
      create: { userId, kind, email },
      update: { email },
    });
  });
}

const KEPT_DAYS = 180;

/** Removes what people read long ago. @returns how many */
export async function removeOldNotifications(): Promise<number> {
  const { count } = await db().notification.deleteMany({
    where: { readAt: { lt: new Date(now().getTime() - KEPT_DAYS * 86_400_000) } },
  });
  return count;
}
