import { now, Prisma } from '@/lib/core';
import type { Metric } from './metric';

/** Reads of so many days count. */
export const REUSE_DAYS = 30;
const DAY_MS = 86_400_000;

export const reuse = {
  id: 'reuse',
  title: 'Reuse',
  group: 'cost',
  unit: 'ratio',
  direction: 'up',
  fold: 'state',
  definition: `How many other domains use a live product, on average: those whose members read its rows in the last ${REUSE_DAYS} days, and those with a live product that is made from it. A reader of several domains counts for each.`,
  facts: 'live products',
  source: 'Reads of people by day, memberships and lineage as they stand; at once.',
  owner: 'Domain teams',
  minimum: 1,
  sql: () => {
    const since = new Date(now().getTime() - REUSE_DAYS * DAY_MS);
    const today = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS);
    return Prisma.sql`
    with live as (select o.id, o."domainId" from product o join product_environment e on e."productId" = o.id
        and e.environment = 'production' and e.status = 'live'),
    derived as (select i."sourceId" as id, d."domainId", d.id as made from product_input i
      join live d on d.id = i."productId" join live l on l.id = i."sourceId" and d."domainId" <> l."domainId"),
    kept as (select count(*) > 0 as "is" from reuse_kept where day = ${today}),
    used as (select u.id, u."domainId" from (select f."productId" as id, f."domainId" from kept cross join lateral
          reuse_pairs(case when kept."is" then ${today}::timestamptz else ${since}::timestamptz end, 'infinity') f
        union select id, "domainId" from derived) u
      where not exists (select from reuse_set h where h.day = ${today} and h."productId" = u.id and u."domainId" = any(h.domains))),
    others as (select h.id, sum(h.domains) as domains from (
        select "productId" as id, cardinality(domains) as domains from reuse_set where day = ${today}
        union all select id, count(*) from used group by 1) h group by 1)
    select ${now()}::timestamptz as at, l.id as "productId", coalesce(o.domains, 0)::float8 as num, 1::float8 as den, 1 as n,
      l.id as key, coalesce(o.domains, 0) || ' other domains: ' || (select count(distinct r."userId") from usage_reader_day r
          join membership m on m."userId" = r."userId" and m."domainId" <> l."domainId"
          where r."productId" = l.id and r.day >= ${since} and not exists (select 1 from membership own
            where own."domainId" = l."domainId" and own."userId" = r."userId")) || ' people and '
        || (select count(distinct d.made) from derived d where d.id = l.id) || ' products made from it' as label
    from live l left join others o on o.id = l.id`;
  },
} satisfies Metric;
