import { type Ctx, can, db, Prisma } from '@/lib/core';
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

interface LegalHold {
  id: string;
  productId: string | null;
  domainId: string | null;
  reason: string;
  reference: string;
  placedById: string;
  createdAt: Date;
}

const rowsFor = (reach: Prisma.Sql) => db().$queryRaw<LegalHold[]>`
  select h.* from legal_hold h left join product p on p.id = h."productId"
  where h."releasedAt" is null and ${reach} order by h."createdAt" desc limit 500`;

/** A matter is told to who works on it: stewards everywhere, others in their domains and of their products. */
function reachOf(ctx: Ctx): Prisma.Sql {
  requireSignedIn(ctx, ['governance:read']);
  const { actor } = ctx;
  if (can(ctx, 'hold.manage') || can(ctx, 'audit.read')) return Prisma.sql`true`;
  if (actor.type !== 'user') return Prisma.sql`false`;
  const domains = actor.memberships
    .map(({ domainId }) => domainId)
    .filter((domainId) => can(ctx, 'compliance.read', { domainId }));
  return Prisma.sql`(coalesce(p."domainId", h."domainId") = any(${domains}::text[])
    or p."ownerId" = ${actor.id})`;
}

/** The holds in force that concern the viewer, newest first. */
export async function listHolds(ctx: Ctx): Promise<Hold[]> {
  const rows = await rowsFor(reachOf(ctx));
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
