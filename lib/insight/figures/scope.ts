import { z } from 'zod';
import { type Ctx, db, notFound, Prisma } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct, visibleProducts } from '@/lib/governance';
import { metricOf } from '../metrics/registry';
import { RANGES, type Range } from './period';

export const Scope = z.object({
  range: z.enum(Object.keys(RANGES) as [Range, ...Range[]]).default('30d'),
  domain: z.string().max(63).optional(),
  /** The name of a product in the domain. */
  product: z.string().max(63).optional(),
});
export type Scope = z.input<typeof Scope>;

export interface FoundScope {
  range: Range;
  /** A condition on `product p`: what the figure is about, as far as the actor may find it. */
  where: Prisma.Sql;
  /** What the figure is taken apart by. */
  parts: 'domain' | 'product' | null;
  domainId: string | null;
  productId: string | null;
  /** Of the mesh: the domains of which the actor may not find everything that facts are about. Null: not the mesh. */
  inPart: string[] | null;
}

/** What a figure is about. @throws AppError not_found | forbidden */
export async function scopeOf(ctx: Ctx, raw: Scope): Promise<FoundScope> {
  requireSignedIn(ctx, ['catalog:read']);
  const { range, domain, product } = Scope.parse(raw);
  if (!domain && product) throw notFound('A product without its domain');
  const visible = await visibleProducts(ctx);
  if (!domain) {
    const inPart = await foundInPart(visible);
    return { range, where: visible, parts: 'domain', domainId: null, productId: null, inPart };
  }
  const found = await db().domain.findUnique({ where: { name: domain }, select: { id: true } });
  if (!found) throw notFound('This domain');
  const domainId = found.id;
  if (!product) {
    const where = Prisma.sql`p."domainId" = ${domainId} and ${visible}`;
    return { range, where, parts: 'product', domainId, productId: null, inPart: null };
  }
  const row = await db().product.findUnique({
    where: { domainId_name: { domainId, name: product } },
    select: { id: true },
  });
  if (!row) throw notFound('This product');
  const { id } = await requireVisibleProduct(ctx, row.id);
  const where = Prisma.sql`p.id = ${id}`;
  return { range, where, parts: null, domainId, productId: id, inPart: null };
}

async function foundInPart(visible: Prisma.Sql): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    select distinct p."domainId" as id from product p where not (${visible})
      and (exists (select 1 from release r where r."productId" = p.id)
        or exists (select 1 from usage_day u where u."productId" = p.id)
        or exists (select 1 from quality_run q where q."productId" = p.id)
        or exists (select 1 from slo_objective o where o."productId" = p.id))`;
  return rows.map(({ id }) => id);
}

/** A metric, for the mesh or for a domain and what is in it. @throws AppError not_found */
export function requireMetric(id: string, isOfDomain = false) {
  const metric = metricOf(id);
  if (!metric) throw notFound('This metric');
  if (isOfDomain && metric.isOfPortal) throw notFound('A figure of a domain for this metric');
  return metric;
}
