import { now, Prisma } from '@/lib/core';
import type { Metric } from './metric';

const DAYS = 30;

export const reuse = {
  id: 'reuse',
  title: 'Reuse',
  group: 'cost',
  unit: 'ratio',
  direction: 'up',
  fold: 'state',
  definition: `How many other domains use a live product, on average: those whose members read its rows in the last ${DAYS} days, and those with a live product that is made from it. A reader of several domains counts for each.`,
  facts: 'live products',
  source: 'Reads of people by day, memberships and lineage as they stand; at once.',
  owner: 'Domain teams',
  minimum: 1,
  sql: () => {
    const since = new Date(now().getTime() - DAYS * 86_400_000);
    return Prisma.sql`
    with live as (select o.id, o."domainId" from product o join product_environment e on e."productId" = o.id
        and e.environment = 'production' and e.status = 'live'),
    reader as (select distinct l.id, m."domainId", r."userId" from live l
      join usage_reader_day r on r."productId" = l.id and r.day >= ${since}
      join membership m on m."userId" = r."userId" and m."domainId" <> l."domainId"
      where not exists (select 1 from membership own where own."domainId" = l."domainId" and own."userId" = r."userId")),
    derived as (select distinct i."sourceId" as id, d."domainId", d.id as made from product_input i
      join live d on d.id = i."productId" join live l on l.id = i."sourceId" and d."domainId" <> l."domainId"),
    used as (select u.id, count(distinct u."domainId") as domains, count(distinct u.person) as people, count(distinct u.made) as made
      from (select id, "domainId", "userId" as person, null as made from reader
        union all select id, "domainId", null, made from derived) u group by 1)
    select ${now()}::timestamptz as at, l.id as "productId", coalesce(u.domains, 0)::float8 as num, 1::float8 as den, 1 as n,
      l.id as key, coalesce(u.domains, 0) || ' other domains: ' || coalesce(u.people, 0) || ' people and '
        || coalesce(u.made, 0) || ' products made from it' as label
    from live l left join used u on u.id = l.id`;
  },
} satisfies Metric;
