import { raiseAlert } from '@/lib/alerts';
import { db, enqueueCheck, now, systemCtx, transact } from '@/lib/core';
import { noteGrant } from '../history';

const DAY_MS = 86_400_000;
/** How many days before the end people are told: first when they can renew it. */
const SOON_DAYS = [14, 3] as const;
const MAX_ROUND = 500;

/**
 * Tells who holds a grant, and the product's owner, when it can be renewed, when it is about to end and when it has
 * ended: once each. @returns how many grants were looked at
 */
export async function tellOfEndingGrants(): Promise<number> {
  const at = now().getTime();
  const grants = await db().grant.findMany({
    where: {
      revokedAt: null,
      expiresAt: { gt: new Date(at - DAY_MS), lte: new Date(at + SOON_DAYS[0] * DAY_MS) },
    },
    orderBy: { expiresAt: 'asc' },
    take: MAX_ROUND,
    include: {
      product: { select: { ownerId: true, title: true, domainId: true } },
      events: { where: { kind: 'expired' }, select: { id: true }, take: 1 },
    },
  });
  for (const { product, events, ...grant } of grants) {
    const { id, subjectId, productId, expiresAt } = grant;
    if (!expiresAt) continue;
    const left = expiresAt.getTime() - at;
    const hasEnded = left <= 0;
    const day = expiresAt.toISOString().slice(0, 10);
    const soon = SOON_DAYS.findLast((days) => left <= days * DAY_MS);
    await transact(async (tx) => {
      await raiseAlert(tx, {
        kind: 'access.expiring',
        level: 'info',
        title: hasEnded
          ? `A grant to read ${product.title} has ended`
          : `A grant to read ${product.title} ends on ${day}: it can be renewed now`,
        href: '/my-data',
        to: { userIds: [subjectId, product.ownerId] },
        productId,
        domainId: product.domainId,
        dedupeKey: `access.expiring:${id}:${day}:${hasEnded ? 'ended' : soon}`,
      });
      if (!hasEnded || events.length > 0) return;
      await noteGrant(tx, systemCtx('access'), grant, 'expired');
      await enqueueCheck(tx, productId);
    });
  }
  return grants.length;
}

/** Owners are asked again about grants that nobody has looked at for half a year, once a grant and due day. */
export async function askForReviews(): Promise<number> {
  const grants = await db().grant.findMany({
    where: {
      revokedAt: null,
      reviewAt: { lte: now(), gt: new Date(now().getTime() - 7 * DAY_MS) },
      OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
    },
    orderBy: { reviewAt: 'asc' },
    take: MAX_ROUND,
    include: {
      subject: { select: { email: true } },
      product: {
        select: {
          ...{ ownerId: true, title: true, name: true, domainId: true },
          domain: { select: { name: true } },
        },
      },
    },
  });
  for (const { id, productId, reviewAt, subject, product } of grants) {
    await transact((tx) =>
      raiseAlert(tx, {
        kind: 'access.review',
        level: 'warning',
        title: `Does ${subject.email} still need ${product.title}?`,
        body: 'Confirm the grant, or revoke it.',
        href: `/products/${product.domain.name}/${product.name}/access`,
        to: { userIds: [product.ownerId] },
        productId,
        domainId: product.domainId,
        dedupeKey: `access.review:${id}:${reviewAt?.toISOString()}`,
      }),
    );
  }
  return grants.length;
}
