import { Prisma } from '@/lib/core';
import type { Metric } from './metric';

export const draftToFirstUse = {
  id: 'draft_to_first_use',
  title: 'Draft to first use',
  group: 'business',
  unit: 'hours',
  direction: 'down',
  fold: 'median',
  definition:
    'From the beginning of a product’s draft to the first row that was served to somebody who has no role in its domain, in the middle.',
  facts: 'products with a first outside read',
  source: 'Drafts and first reads; at once.',
  owner: 'Domain teams',
  minimum: 3,
  sql: ({ from, to }) => Prisma.sql`
    select f.first as at, o.id as "productId",
      (extract(epoch from f.first - coalesce(d."createdAt", o."createdAt")) / 3600)::float8 as num, null::float8 as den,
      1 as n, o.id as key,
      'Begun ' || to_char(coalesce(d."createdAt", o."createdAt") at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' as label
    from product o
    cross join lateral (select r."firstAt" as first from product_reader r
      where r."productId" = o.id and r."userId" <> o."ownerId" and not exists (select 1 from membership m
        where m."domainId" = o."domainId" and m."userId" = r."userId") order by r."firstAt" limit 1) f
    left join product_draft d on d."productId" = o.id
    where f.first >= ${from} and f.first < ${to}`,
} satisfies Metric;
