import { requireUser } from '@/lib/auth';
import { type Ctx, db, now } from '@/lib/core';
import { requireSignedIn, visibleAmong } from '@/lib/governance';
import type { GrantTerms } from '@/lib/specs';
import { holderNames } from './requests/queries';
import { RENEW_DAYS } from './requests/request-access';

export interface HeldGrant {
  id: string;
  product: { id: string; title: string; address: string; classification: string; status: string };
  /** By whom it is held: the person, a team or a product. */
  holder: string;
  isOwn: boolean;
  purpose: string;
  note: string;
  terms: GrantTerms | null;
  createdAt: string;
  expiresAt: string | null;
  canRenew: boolean;
  /** The person's reads in the last 30 days. */
  reads: { count: number; lastAt: string | null };
}
export interface MyData {
  grants: HeldGrant[];
  tokens: {
    id: string;
    name: string;
    prefix: string;
    expiresAt: string;
    lastUsedAt: string | null;
  }[];
  deputy: { email: string; until: string } | null;
}

const DAY_MS = 86_400_000;
const MAX_LISTED = 200;

/** What the actor may read by grants of their own and of their teams, what ends soon, and how they read it. */
export async function myData(ctx: Ctx): Promise<MyData> {
  requireSignedIn(ctx, ['data:read']);
  const me = requireUser(ctx);
  const at = now();
  const rows = await db().grant.findMany({
    where: {
      revokedAt: null,
      AND: [
        { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
        {
          OR: [{ subjectId: me.id }, { teamId: { in: me.memberships.map((one) => one.domainId) } }],
        },
      ],
    },
    orderBy: [{ expiresAt: { sort: 'asc', nulls: 'last' } }, { createdAt: 'desc' }],
    take: MAX_LISTED,
    include: { product: { include: { domain: { select: { name: true } } } } },
  });
  const productIds = rows.map((row) => row.productId);
  const [visible, usage, names, tokens, deputy] = await Promise.all([
    visibleAmong(ctx, productIds),
    db().usageEvent.groupBy({
      by: ['productId'],
      where: {
        ...{ actorId: me.id, productId: { in: productIds }, status: { lt: 400 } },
        at: { gte: new Date(at.getTime() - 30 * DAY_MS) },
      },
      _count: { _all: true },
      _max: { at: true },
    }),
    holderNames(rows),
    db().apiToken.findMany({
      where: {
        userId: me.id,
        revokedAt: null,
        expiresAt: { gt: at },
        scopes: { hasSome: ['data:read', 'admin'] },
      },
      orderBy: { createdAt: 'desc' },
      take: 20,
    }),
    db().accessDeputy.findFirst({
      where: { ownerId: me.id, endedAt: null, until: { gt: at } },
      include: { deputy: { select: { email: true } } },
    }),
  ]);
  const reads = new Map(usage.map((one) => [one.productId, one]));
  return {
    grants: rows
      .filter((row) => visible.has(row.productId))
      .map(({ product, ...row }) => {
        const used = reads.get(row.productId);
        const left = row.expiresAt ? row.expiresAt.getTime() - at.getTime() : null;
        const isOwn = row.subjectId === me.id;
        return {
          ...{ id: row.id, purpose: row.purpose, note: row.note, isOwn },
          product: {
            ...{ id: product.id, title: product.title, status: product.status },
            classification: product.classification,
            address: `${product.domain.name}/${product.name}`,
          },
          holder: names.get(row.teamId ?? row.readerId ?? '') ?? 'You',
          terms: row.terms as GrantTerms | null,
          createdAt: row.createdAt.toISOString(),
          expiresAt: row.expiresAt?.toISOString() ?? null,
          canRenew: isOwn && left !== null && left <= RENEW_DAYS * DAY_MS,
          reads: { count: used?._count._all ?? 0, lastAt: used?._max.at?.toISOString() ?? null },
        };
      }),
    tokens: tokens.map(({ id, name, prefix, expiresAt, lastUsedAt }) => ({
      ...{ id, name, prefix, expiresAt: expiresAt.toISOString() },
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    deputy: deputy && { email: deputy.deputy.email, until: deputy.until.toISOString() },
  };
}
