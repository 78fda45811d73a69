import { z } from 'zod';
import { type Ctx, db, notFound } from '@/lib/core';
import { discoverable, requireSignedIn } from '@/lib/governance';
import { BY_WEIGHT, type DomainUse, USE_TOTALS, usedTables } from './use-sql';

const PAGE = 50;
const MAX_BUILT = 10;

export const DomainUsesInput = z.object({
  /** Name of the domain whose products are used. */
  from: z.string().min(1).max(63),
  /** Name of the domain that uses them. */
  to: z.string().min(1).max(63),
  /** How many products to skip: what `nextAfter` of the page before said. */
  after: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type DomainUsesInput = z.input<typeof DomainUsesInput>;

export interface UsedProduct extends DomainUse {
  /** `domain/name` */
  address: string;
  title: string;
  status: string;
  /** Addresses of products that are made from it, at most 10. */
  makes: string[];
}
export interface DomainUses {
  from: { name: string; title: string };
  to: { name: string; title: string };
  /** What weighs most first. */
  products: UsedProduct[];
  nextAfter: number | null;
}

/**
 * The products behind one edge of the map: what of a domain another one uses, and how.
 * @throws AppError unauthenticated | forbidden | not_found for either domain
 */
export async function domainUses(ctx: Ctx, raw: DomainUsesInput): Promise<DomainUses> {
  requireSignedIn(ctx, ['catalog:read']);
  const { from, to, after } = DomainUsesInput.parse(raw);
  const found = await db().domain.findMany({
    where: { name: { in: [from, to] }, archivedAt: null },
    select: { id: true, name: true, title: true },
  });
  const [giver, taker] = [from, to].map((name) => found.find((one) => one.name === name));
  if (!giver || !taker) throw notFound(`The domain ${giver ? to : from}`);
  const only = { from: giver.id, to: taker.id };
  const rows = await db().$queryRaw<UsedProduct[]>`
    with ${usedTables(await discoverable(ctx), only)}
    select d.name || '/' || p.name as address, p.title, p.status, ${USE_TOTALS},
      array(select x.name || '/' || r.name from used w join product r on r.id = w.who
        join domain x on x.id = r."domainId" where w.id = p.id and w.kind = 'built'
        order by 1 limit ${MAX_BUILT}) as makes
    from used u join product p on p.id = u.id join domain d on d.id = p."domainId"
    group by p.id, d.name order by ${BY_WEIGHT}, address limit ${PAGE + 1} offset ${after}`;
  const name = ({ name: own, title }: { name: string; title: string }) => ({ name: own, title });
  return {
    ...{ from: name(giver), to: name(taker), products: rows.slice(0, PAGE) },
    nextAfter: rows.length > PAGE ? after + PAGE : null,
  };
}
