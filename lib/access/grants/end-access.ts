import { raiseAlert } from '@/lib/alerts';
import { type Ctx, now, type Tx } from '@/lib/core';
import { noteGrants, noteItem } from '../history';

interface GoneProduct {
  id: string;
  title: string;
  domainId: string;
}

/**
 * A product is retired: its grants end, and nobody waits for a decision on it any more. Every one says so in its history,
 * and who asked is told.
 * @returns how many grants and requests ended
 */
export async function endAccess(
  tx: Tx,
  ctx: Ctx,
  { id: productId, title, domainId }: GoneProduct,
  revokedById: string | null,
): Promise<{ grants: number; requests: number }> {
  const note = 'The product is retired';
  const grants = await tx.grant.updateManyAndReturn({
    where: { productId, revokedAt: null },
    data: { revokedAt: now(), revokedById },
  });
  await noteGrants(tx, ctx, grants, 'revoked', note);
  const items = await tx.accessRequestItem.updateManyAndReturn({
    where: { productId, status: { in: ['open', 'question'] } },
    data: { status: 'refused', decidedAt: now(), decidedById: 'system' },
    include: { request: { select: { requesterId: true } } },
  });
  for (const { id } of items) await noteItem(tx, ctx, id, 'refused', note);
  await raiseAlert(tx, {
    ...{ kind: 'access.refused', level: 'warning', productId, domainId },
    title: `${title} is retired, so your request for it is closed`,
    href: '/access/requests',
    to: { userIds: items.map(({ request }) => request.requesterId) },
    dedupeKey: `access.retired:${productId}`,
  });
  return { grants: grants.length, requests: items.length };
}
