import { db, Prisma } from '@/lib/core';
import type { Window } from '../metrics/metric';
import type { Definition } from './definition';
import { type Rank, ROWS } from './rank';
import type { SeriesChart } from './series';

/** A day of use is two facts: what was read from outside, and everything else. */
const splitOf = ({ from, to }: Window) => Prisma.sql`
  cross join lateral (values ('other', d."byOutsiders"), ('own', d.reads - d."byOutsiders")) s(series, n)
  where d.day >= ${from} and d.day < ${to} and s.n > 0`;

const across = {
  id: 'reads_across_domains',
  title: 'Use across domains',
  about:
    'Reads by people who owned the product or had a role in its domain at that time, and by people who had neither. Tokens read as their people.',
  ...{ unit: 'count', fold: 'sum', minimum: 0 },
  names: { other: 'By other domains', own: 'By its own domain' },
  href: '/insight/metrics/data_consumers',
  kinds: ['release'],
  sql: (window) => Prisma.sql`
    select d.day as at, d."productId", s.series, s.n::float8 as num, null::float8 as den, s.n
    from usage_day d ${splitOf(window)}`,
  byDomain: (window) => Prisma.sql`
    select d.day as at, d."domainId", s.series as cell, s.n::float8 as num, null::float8 as den, s.n
    from usage_domain_day d ${splitOf(window)}`,
} satisfies SeriesChart;

const innovation = {
  id: 'innovation_by_kind',
  title: 'What is new',
  about:
    'Products and versions that came to production, and which of the products are made from other products.',
  ...{ unit: 'count', fold: 'sum', minimum: 0 },
  names: {
    ...{
      product: 'New products',
      derived: 'New, derived',
      crossing: 'New, derived across domains',
    },
    version: 'New versions',
  },
  href: '/insight/metrics/innovation_rate',
  kinds: ['policy'],
  sql: ({ from, to }) => Prisma.sql`
    select r."createdAt" as at, r."productId", case when r.number > 1 then 'version' when x.n = 0 then 'product'
        when x.other then 'crossing' else 'derived' end as series,
      1::float8 as num, null::float8 as den, 1 as n
    from release r join product o on o.id = r."productId"
    left join release b on b."productId" = r."productId" and b.number = r.number - 1
    cross join lateral (select count(*) as n, coalesce(bool_or(s."domainId" <> o."domainId"), false) as other
      from product_input i join product s on s.id = i."sourceId" where i."productId" = o.id) x
    where (r.number = 1 or r.version is distinct from b.version)
      and r."createdAt" >= ${from} and r."createdAt" < ${to}`,
} satisfies SeriesChart;

/** What product `b` was read in the period. */
const readsIn = ({ from, to }: Window) => Prisma.sql`
  cross join lateral (select coalesce(sum(u.reads), 0)::float8 as reads from usage_day u
    where u."productId" = b.id and u.day >= ${from} and u.day < ${to}) r`;

/** Only days of products that can be among the first are added up: what a month has at most rules out the others. */
const mostUsed = {
  id: 'most_used',
  title: 'Most used products',
  about:
    'By reads in the period, with the people who were served rows and did not own the product then.',
  of: 'Product',
  columns: [
    { key: 'reads', label: 'Reads', unit: 'count' },
    { key: 'people', label: 'Consumers', unit: 'count' },
    { key: 'stars', label: 'Stars', unit: 'stars' },
  ],
  empty: 'Nobody was served rows in this period.',
  read: async (_ctx, scope, { from, to }) => {
    const reads = readsIn({ from, to });
    const rows = await db().$queryRaw<
      {
        id: string;
        address: string;
        title: string;
        reads: number;
        people: number | null;
        stars: number | null;
      }[]
    >`
      with bound as materialized (
        select p.id, m.most from (select "productId", sum(most) as most from usage_month
          where month >= date_trunc('month', ${from}::timestamptz, 'UTC') and month < ${to} group by 1) m
        join product p on p.id = m."productId" where ${scope.where}),
      ahead as (select r.reads from (select id from bound order by most desc limit ${ROWS}) b ${reads}),
      w as (select b.id, r.reads from (select id from bound
          where most >= (select case when count(*) < ${ROWS} then 0 else min(a.reads) end from ahead a)) b ${reads}
        where r.reads > 0 order by r.reads desc, b.id limit ${ROWS})
      select w.*, p.title, d.name || '/' || p.name as address,
        (select case when ${from} >= (select k."readersSince" from usage_kept k) then coalesce(sum(bit_count(one.readers)), 0)::float8 end
          from (select bit_or(u.readers) as readers from usage_day u
            where u."productId" = w.id and u.day >= ${from} and u.day < ${to} and u."byOthers" > 0 group by u.chunk) one) as people,
        (select avg(v.stars)::float8 from review v where v."productId" = w.id and v."withdrawnAt" is null
          and v."hiddenAt" is null) as stars
      from w join product p on p.id = w.id join domain d on d.id = p."domainId" order by w.reads desc, w.id`;
    return rows.map(({ id, address, title, reads, people, stars }) => ({
      ...{ key: id, title, detail: address, href: `/products/${address}/community`, alarm: null },
      cells: { reads, people, stars },
    }));
  },
} satisfies Rank;

export const value = {
  id: 'value',
  title: 'Business value',
  about: 'Whether people find what they need, use it, and what comes of it.',
  metrics: [
    ...['time_to_insight', 'data_usage_increase', 'data_consumers', 'data_reads'],
    ...['user_satisfaction', 'innovation_rate', 'draft_to_first_use', 'data_bytes_served'],
  ],
  drawn: ['data_reads', 'data_consumers', 'time_to_insight', 'user_satisfaction'],
  charts: [across, innovation],
  ranks: [mostUsed],
} satisfies Definition;
