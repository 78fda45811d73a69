import { db, Prisma } from '@/lib/core';
import { usageDays } from '../metrics/usage-days';
import type { Definition } from './definition';
import { type Rank, ROWS } from './rank';
import type { SeriesChart } from './series';

const across = {
  id: 'reads_across_domains',
  title: 'Use across domains',
  about:
    'Reads by people with a role in the product’s domain, and by people without one. Tokens read as their people.',
  ...{ unit: 'count', fold: 'sum', minimum: 0 },
  names: { other: 'By other domains', own: 'By its own domain' },
  href: '/insight/metrics/data_consumers',
  kinds: ['release'],
  isOfReaders: true,
  sql: ({ from, to }) => Prisma.sql`
    select d.day as at, d."productId", case when m."userId" is null and o."ownerId" <> d."userId" then 'other' else 'own' end as series,
      d.reads::float8 as num, null::float8 as den, d.reads as n
    from usage_reader_day d join product o on o.id = d."productId"
    left join membership m on m."userId" = d."userId" and m."domainId" = o."domainId"
    where d.day >= ${from} and d.day < ${to}`,
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

const mostUsed = {
  id: 'most_used',
  title: 'Most used products',
  about: 'By reads in the period, with the people who were served rows and do not own the product.',
  of: 'Product',
  columns: [
    { key: 'reads', label: 'Reads', unit: 'count' },
    { key: 'people', label: 'Consumers', unit: 'count' },
    { key: 'stars', label: 'Stars', unit: 'stars' },
  ],
  empty: 'Nobody was served rows in this period.',
  read: async (_ctx, scope, { from, to }) => {
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
      select w.*, p.title, d.name || '/' || p.name as address,
        (select case when ${from} >= (select k."readersSince" from usage_kept k) then count(distinct r."userId")::int end from usage_reader_day r where r."productId" = w.id
          and r.day >= ${from} and r.day < ${to} and r."userId" <> p."ownerId") as people,
        (select avg(v.stars)::float8 from review v where v."productId" = w.id and v."withdrawnAt" is null
          and v."hiddenAt" is null) as stars
      from (select p.id, sum(f.num) as reads from (${usageDays({ from, to }, 'reads')}) f
        join product p on p.id = f."productId" where ${scope.where}
        group by p.id order by reads desc, p.id limit ${ROWS}) w
      join product p on p.id = w.id join domain d on d.id = p."domainId" order by w.reads desc, w.id`;
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
