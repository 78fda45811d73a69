import { raiseAlert } from '@/lib/alerts';
import { db, now, transact } from '@/lib/core';

const DAY_MS = 86_400_000;
const SOON_DAYS = 3;

/**
 * Tells who holds a grant, and the product's owner, when it ends within three days and when it has ended: once
 * each. @returns how many grants were looked at
 */
export async function tellOfEndingGrants(): Promise<number> {
  const at = now().getTime();
  const grants = await db().grant.findMany({
    where: {
      revokedAt: null,
      expiresAt: { gt: new Date(at - DAY_MS), lte: new Date(at + SOON_DAYS * DAY_MS) },
    },
    orderBy: { expiresAt: 'asc' },
    take: 500,
    include: {
      product: {
        select: {
          ownerId: true,
          title: true,
          name: true,
          domainId: true,
          domain: { select: { name: true } },
        },
      },
    },
  });
  for (const { id, subjectId, productId, expiresAt, product } of grants) {
    if (!expiresAt) continue;
    const hasEnded = expiresAt.getTime() <= at;
    const day = expiresAt.toISOString().slice(0, 10);
    await transact((tx) =>
      raiseAlert(tx, {
        kind: 'access.expiring',
        level: 'info',
        title: hasEnded
          ? `A grant to read ${product.title} has ended`
          : `A grant to read ${product.title} ends on ${day}`,
        href: `/products/${product.domain.name}/${product.name}/access`,
        to: { userIds: [subjectId, product.ownerId] },
        productId,
        domainId: product.domainId,
        dedupeKey: `access.expiring:${id}:${day}:${hasEnded ? 'ended' : 'soon'}`,
      }),
    );
  }
  return grants.length;
}
