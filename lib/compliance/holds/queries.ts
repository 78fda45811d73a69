import { type Ctx, db } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';

export interface Hold {
  id: string;
  reason: string;
  reference: string;
  placedBy: string;
  createdAt: string;
  product: { id: string; domain: string; name: string; title: string } | null;
  domain: { id: string; name: string; title: string } | null;
}

/** The holds in force over products, each product's own and its domain's. */
export async function holdsOn(productIds: readonly string[]): Promise<Map<string, string[]>> {
  const products = await db().product.findMany({
    where: { id: { in: [...productIds] } },
    select: { id: true, domainId: true },
  });
  const holds = await db().legalHold.findMany({
    where: {
      releasedAt: null,
      OR: [
        { productId: { in: products.map((one) => one.id) } },
        { domainId: { in: products.map((one) => one.domainId) } },
      ],
    },
    select: { id: true, productId: true, domainId: true },
  });
  const found = new Map<string, string[]>();
  for (const { id, domainId } of products) {
    const own = holds.filter((hold) => hold.productId === id || hold.domainId === domainId);
    if (own.length > 0)
      found.set(
        id,
        own.map((hold) => hold.id),
      );
  }
  return found;
}

export const isHeld = async (productId: string): Promise<boolean> =>
  (await holdsOn([productId])).has(productId);

/** Every hold in force, newest first. */
export async function listHolds(ctx: Ctx): Promise<Hold[]> {
  requireSignedIn(ctx, ['governance:read']);
  const rows = await db().legalHold.findMany({
    where: { releasedAt: null },
    orderBy: { createdAt: 'desc' },
    take: 500,
  });
  const [products, domains, people] = await Promise.all([
    db().product.findMany({
      where: { id: { in: rows.flatMap((row) => row.productId ?? []) } },
      select: { id: true, name: true, title: true, domain: { select: { name: true } } },
    }),
    db().domain.findMany({
      where: { id: { in: rows.flatMap((row) => row.domainId ?? []) } },
      select: { id: true, name: true, title: true },
    }),
    db().user.findMany({
      where: { id: { in: rows.map((row) => row.placedById) } },
      select: { id: true, email: true },
    }),
  ]);
  return rows.map((row) => {
    const product = products.find((one) => one.id === row.productId);
    return {
      id: row.id,
      reason: row.reason,
      reference: row.reference,
      placedBy: people.find((one) => one.id === row.placedById)?.email ?? 'Portolan',
      createdAt: row.createdAt.toISOString(),
      product: product ? { ...product, domain: product.domain.name } : null,
      domain: domains.find((one) => one.id === row.domainId) ?? null,
    };
  });
}
