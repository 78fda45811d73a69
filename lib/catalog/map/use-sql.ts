import { now, Prisma } from '@/lib/core';

export const USE_DAYS = 30;
const DAY_MS = 86_400_000;

/** What of one domain's products another one uses. */
export interface DomainUse {
  /** Products of the using domain that are made from them. */
  built: number;
  /** Grants in force: of its people, of itself as a team, of its products. */
  grants: number;
  /** Answered reads of its people in 30 UTC days, today included. */
  reads: number;
  /** Those people. */
  people: number;
}

/**
 * The common tables `seen`, the products that may be found, and `used`: who uses what from another domain, a row for
 * each product made from it, each grant and each person who read it; of one pair of domains, for each product that is
 * used. A person counts for every domain that they belong to, and for none when they belong to the product's own.
 */
export function usedTables(visible: Prisma.Sql, only?: { from: string; to: string }): Prisma.Sql {
  const at = now();
  const since = new Date((Math.floor(at.getTime() / DAY_MS) + 1 - USE_DAYS) * DAY_MS);
  const from = only ? Prisma.sql`and s."domainId" = ${only.from}` : Prisma.empty;
  const to = only ? Prisma.sql`where "to" = ${only.to}` : Prisma.empty;
  // Without products, reads are added up before anybody's domains are looked for.
  const id = only ? Prisma.sql`s.id` : Prisma.sql`null::text`;
  return Prisma.sql`
    seen as materialized (
      select p.id, p."domainId", p.status from product p where p.status <> 'draft' and ${visible}
    ), pair as (
      select "sourceId", "productId" from product_input
      union select i."productId", o."productId" from external_link i
        join external_link o on o."jobId" = i."jobId" and o."isOutput" and o."productId" is not null
        where not i."isOutput" and i."productId" is not null
    ), reading as (
      select ${id} as id, s."domainId", e."userId" as "actorId", sum(e.reads)::int as reads
      from usage_reader_day e join seen s on s.id = e."productId" ${from}
      where e.day >= ${since} group by 1, 2, 3
    ), used as materialized (
      select * from (
        select distinct ${id} as id, s."domainId" as "from", r."domainId" as "to", 'built' as kind, r.id as who, 0 as reads
        from pair join seen s on s.id = pair."sourceId" ${from}
        join seen r on r.id = pair."productId" and r.status <> 'retired' and r."domainId" <> s."domainId"
        union all
        select ${id}, s."domainId", coalesce(g."teamId", r."domainId", m."domainId"), 'grant', g.id, 0
        from "grant" g join seen s on s.id = g."productId" ${from}
        left join seen r on r.id = g."readerId"
        left join membership m on g."teamId" is null and g."readerId" is null and m."userId" = g."subjectId"
        where g."revokedAt" is null and (g."expiresAt" is null or g."expiresAt" > ${at})
          and coalesce(g."teamId", r."domainId", m."domainId") <> s."domainId"
          and (g."teamId" is not null or g."readerId" is not null or not exists (
            select 1 from membership h where h."userId" = g."subjectId" and h."domainId" = s."domainId"))
        union all
        select n.id, n."domainId", m."domainId", 'read', m."userId", n.reads
        from reading n join membership m on m."userId" = n."actorId"
        where not exists (
          select 1 from membership h where h."userId" = n."actorId" and h."domainId" = n."domainId")
      ) every_use ${to}
    )`;
}

/** Over rows of `used`, each of which stands for one product, grant or person. */
export const USE_TOTALS = Prisma.sql`
  count(*) filter (where u.kind = 'built')::int as built, count(*) filter (where u.kind = 'grant')::int as grants,
  sum(u.reads)::int as reads, count(*) filter (where u.kind = 'read')::int as people`;
/** What weighs most comes first. */
export const BY_WEIGHT = Prisma.sql`built desc, reads desc, grants desc`;
