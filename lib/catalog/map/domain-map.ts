import { type Ctx, db } from '@/lib/core';
import { discoverable, requireSignedIn } from '@/lib/governance';
import { BY_WEIGHT, type DomainUse, USE_TOTALS, usedTables } from './use-sql';

const MAX_DOMAINS = 200;
const MAX_EDGES = 1000;

export interface MapDomain {
  name: string;
  title: string;
  /** Products that are neither drafts nor retired, of those that the asker may find. */
  products: number;
}
export interface MapEdge extends DomainUse {
  /** Name of the domain whose products are used. */
  from: string;
  /** Name of the domain that uses them. */
  to: string;
}
export interface DomainMap {
  /** Those with the most products first. */
  domains: MapDomain[];
  /** What weighs most first. */
  edges: MapEdge[];
  /** Domains that are not given, and edges between those that are. */
  moreDomains: number;
  moreEdges: number;
}
interface Row {
  domains: (MapDomain & { total: number })[];
  edges: (MapEdge & { total: number })[];
}

/**
 * The domains, and who uses whose products across their borders: counted over products that the asker may find.
 * @throws AppError unauthenticated | forbidden
 */
export async function domainMap(ctx: Ctx): Promise<DomainMap> {
  requireSignedIn(ctx, ['catalog:read']);
  const [row] = await db().$queryRaw<Row[]>`
    with ${usedTables(await discoverable(ctx))}, top as materialized (
      select d.id, d.name, d.title, coalesce(c.products, 0) as products, count(*) over ()::int as total
      from domain d left join (select "domainId", count(*)::int as products from seen
        where status <> 'retired' group by 1) c on c."domainId" = d.id
      where d."archivedAt" is null order by products desc, d.name limit ${MAX_DOMAINS}
    ), edge as materialized (
      select *, count(*) over ()::int as total from (
        select f.name as "from", t.name as "to", ${USE_TOTALS}
        from used u join top f on f.id = u."from" join top t on t.id = u."to" group by 1, 2) e
      order by ${BY_WEIGHT}, "from", "to" limit ${MAX_EDGES}
    )
    select (select coalesce(jsonb_agg(to_jsonb(top) - 'id' order by products desc, name), '[]') from top) as domains,
      (select coalesce(jsonb_agg(to_jsonb(edge) order by ${BY_WEIGHT}, "from", "to"), '[]') from edge) as edges`;
  const { domains, edges } = row!;
  const more = (all: readonly { total: number }[]) =>
    Math.max(0, (all[0]?.total ?? 0) - all.length);
  return {
    domains: domains.map(({ total: _, ...domain }) => domain),
    edges: edges.map(({ total: _, ...edge }) => edge),
    ...{ moreDomains: more(domains), moreEdges: more(edges) },
  };
}
