import { z } from 'zod';
import { type Ctx, db, env, requireCan } from '@/lib/core';
import { requireUser } from './require-session';

export interface ApiTokenRow {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  /** Exact to a minute. */
  lastUsedAt: Date | null;
}

/** One's own tokens, newest first; never their secrets. */
export async function listApiTokens(ctx: Ctx): Promise<ApiTokenRow[]> {
  const { id: userId } = requireUser(ctx);
  return db().apiToken.findMany({
    where: { userId },
    orderBy: { createdAt: 'desc' },
    take: 500,
    omit: { tokenHash: true, userId: true },
  });
}

export const ListPeopleInput = z.object({
  q: z.string().trim().max(200).default(''),
  after: z.string().max(254).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListPeopleInput = z.input<typeof ListPeopleInput>;

export interface PersonRow {
  id: string;
  email: string;
  name: string;
  platformRoles: string[];
  memberships: { domain: string; title: string; role: string }[];
  isSynthetic: boolean;
  isDisabled: boolean;
  hasPassword: boolean;
  lastSeenAt: Date | null;
}

/** People by e-mail address, a page at a time; `after` is the last row's address. */
export async function listPeople(
  ctx: Ctx,
  raw: ListPeopleInput = {},
): Promise<{ people: PersonRow[]; nextAfter: string | null }> {
  requireCan(ctx, 'people.read');
  const { q, after, limit } = ListPeopleInput.parse(raw);
  const matches = { contains: q, mode: 'insensitive' as const };
  const rows = await db().user.findMany({
    where: {
      ...(q && { OR: [{ email: matches }, { name: matches }] }),
      ...(after && { email: { gt: after } }),
    },
    orderBy: { email: 'asc' },
    take: limit + 1,
    select: {
      id: true,
      email: true,
      name: true,
      platformRoles: true,
      isSynthetic: true,
      disabledAt: true,
      passwordHash: true,
      lastSeenAt: true,
      memberships: {
        select: { role: true, domain: { select: { name: true, title: true } } },
        orderBy: { domain: { name: 'asc' } },
      },
    },
  });
  const people = rows.slice(0, limit).map(({ disabledAt, passwordHash, memberships, ...row }) => ({
    ...row,
    isDisabled: disabledAt !== null,
    hasPassword: passwordHash !== null,
    memberships: memberships.map(({ role, domain }) => ({
      domain: domain.name,
      title: domain.title,
      role,
    })),
  }));
  const nextAfter = rows.length > limit ? (people.at(-1)?.email ?? null) : null;
  return { people, nextAfter };
}

const DemoSetting = z.object({
  users: z.array(z.object({ email: z.string(), name: z.string(), role: z.string() })),
  password: z.string(),
});
type DemoAccounts = z.infer<typeof DemoSetting>;

/** The demo organisation's accounts, for the sign-in page; null unless this is a demo. */
export async function demoAccounts(): Promise<DemoAccounts | null> {
  if (!env().PORTOLAN_DEMO) return null;
  const setting = await db().setting.findUnique({ where: { key: 'demo' } });
  return DemoSetting.safeParse(setting?.value).data ?? null;
}

export interface OwnProfile {
  name: string;
  email: string;
  /** False for somebody who signs in through the identity provider only. */
  hasPassword: boolean;
  platformRoles: string[];
  memberships: { domain: string; role: string }[];
}

export async function ownProfile(ctx: Ctx): Promise<OwnProfile> {
  const { id, name, email, platformRoles, memberships } = requireUser(ctx);
  const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id } });
  return { name, email, hasPassword: passwordHash !== null, platformRoles, memberships };
}
