import { z } from 'zod';
import { type Ctx, db, invalid, notFound, now, Prisma } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct, visibleProducts } from '@/lib/governance';
import { metricOf } from '../metrics/registry';
import { COMPARISONS, MOST_DAYS, RANGES, type Range, type Span } from './period';

export const Scope = z.object({
  range: z.enum(Object.keys(RANGES) as [Range, ...Range[]]).default('30d'),
  domain: z.string().max(63).optional(),
  /** The name of a product in the domain. */
  product: z.string().max(63).optional(),
  /** What the asker owns. */
  mine: z.enum(['yes']).optional(),
  compare: z.enum(COMPARISONS).default('previous'),
  /** The first and the last day instead of a range. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type Scope = z.input<typeof Scope>;

const DAY_MS = 86_400_000;
const FIRST_DAY = '2000-01-01';

/** Days of one's own, when both are said. @throws AppError invalid */
export function daysOf({ from, to }: Pick<Scope, 'from' | 'to'>): Span['days'] {
  if (!from && !to) return undefined;
  if (!from || !to) throw invalid('Give both days: the first and the last.');
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days < 1) throw invalid('The first day is after the last.');
  if (days > MOST_DAYS) throw invalid(`Choose at most ${MOST_DAYS} days.`);
  if (from < FIRST_DAY) throw invalid(`Choose days from ${FIRST_DAY} on.`);
  if (to > now().toISOString().slice(0, 10)) throw invalid('The last day has not come yet.');
  return { from, to };
}

export interface FoundScope extends Span {
  range: Range;
  /** A condition on `product p`: what the figure is about, as far as the actor may find it. */
  where: Prisma.Sql;
  /** Of a domain or a product: the same without what the actor may find. */
  within?: Prisma.Sql;
  /** What the figure is taken apart by. */
  parts: 'domain' | 'product' | null;
  domainId: string | null;
  productId: string | null;
  /** Of the mesh or of a domain: what facts are about, but the actor may not find. Null: it is not made of whole domains. */
  hidden: readonly Hidden[] | null;
  /** All that the actor may not find, whether there are facts about it or not. */
  notFound?: readonly string[];
}
interface Hidden {
  id: string;
  domainId: string;
  /** Drafts mostly were not. */
  isRead: boolean;
}
export const hiddenIds = ({ hidden }: { hidden: readonly { id: string }[] | null }): string[] =>
  (hidden ?? []).map(({ id }) => id);

/** What a figure is about. @throws AppError not_found | forbidden | invalid */
export async function scopeOf(ctx: Ctx, raw: Scope): Promise<FoundScope> {
  requireSignedIn(ctx, ['catalog:read']);
  const { range, domain, product, mine, compare, ...own } = Scope.parse(raw);
  const span = { range, compare, days: daysOf(own) };
  if (!domain && product) throw notFound('A product without its domain');
  const visible = await visibleProducts(ctx);
  if (mine && ctx.actor.type === 'user' && !domain) {
    const where = Prisma.sql`p."ownerId" = ${ctx.actor.id} and ${visible}`;
    return { ...span, where, parts: 'product', domainId: null, productId: null, hidden: null };
  }
  if (!domain) {
    const whole = { parts: 'domain', domainId: null, productId: null } as const;
    return { ...span, ...whole, ...(await foundIn(visible)) };
  }
  const found = await db().domain.findUnique({ where: { name: domain }, select: { id: true } });
  if (!found) throw notFound('This domain');
  const domainId = found.id;
  if (!product) {
    const within = Prisma.sql`p."domainId" = ${domainId}`;
    const whole = { within, parts: 'product', domainId, productId: null } as const;
    return { ...span, ...whole, ...(await foundIn(visible, within)) };
  }
  const row = await db().product.findUnique({
    where: { domainId_name: { domainId, name: product } },
    select: { id: true },
  });
  if (!row) throw notFound('This product');
  const { id } = await requireVisibleProduct(ctx, row.id);
  const where = Prisma.sql`p.id = ${id}`;
  return { ...span, where, within: where, parts: null, domainId, productId: id, hidden: null };
}

/** With more than this hidden, leaving them out takes as long as looking for what is not. */
export const MOST_HIDDEN = 3000;

/**
 * What the actor may find of the whole, and what facts can be about that they may not. What is visible can take long to
 * tell of a product: it is asked of each once, and not again of each fact.
 */
async function foundIn(visible: Prisma.Sql, within = Prisma.sql`true`) {
  const rows = await db().$queryRaw<(Hidden & { hasFacts: boolean })[]>`
    select p.id, p."domainId", exists (select 1 from usage_day u where u."productId" = p.id) as "isRead",
      exists (select 1 from release r where r."productId" = p.id)
        or exists (select 1 from snapshot s where s."productId" = p.id)
        or exists (select 1 from quality_run q where q."productId" = p.id)
        or exists (select 1 from slo_objective o where o."productId" = p.id)
        or exists (select 1 from pipeline_run l where l."productId" = p.id)
        or exists (select 1 from violation v where v."productId" = p.id)
        or exists (select 1 from access_request_item a where a."productId" = p.id) as "hasFacts"
    from product p where (${visible}) is not true and ${within}`;
  const ids = hiddenIds({ hidden: rows });
  const isFound = ids.length > MOST_HIDDEN ? visible : Prisma.sql`p.id <> all(${ids}::text[])`;
  return {
    where: Prisma.sql`${within} and ${isFound}`,
    notFound: ids,
    hidden: rows.filter(({ isRead, hasFacts }) => isRead || hasFacts),
  };
}

/** A metric, for the mesh or for a domain and what is in it. @throws AppError not_found */
export function requireMetric(id: string, isOfDomain = false) {
  const metric = metricOf(id);
  if (!metric) throw notFound('This metric');
  if (isOfDomain && metric.isOfPortal) throw notFound('A figure of a domain for this metric');
  return metric;
}
