import { Prisma } from '@/lib/core';
import type { Metric } from './metric';

export const innovationRate = {
  id: 'innovation_rate',
  title: 'Innovation rate',
  group: 'business',
  unit: 'count',
  direction: 'up',
  fold: 'sum',
  isKept: true,
  definition:
    'What came to production in the period: new products, and releases with a new version of the contract. A row says whether the product is derived from others, and whether from another domain.',
  facts: 'new products and versions',
  source: 'Releases; at once.',
  owner: 'Domain teams',
  minimum: 0,
  sql: ({ from, to }) => Prisma.sql`
    select r."createdAt" as at, r."productId", 1::float8 as num, null::float8 as den, 1 as n, r.id as key,
      case when r.number = 1 then 'New product' else 'New version ' || r.version end
        || (select case when count(*) = 0 then '' when bool_or(s."domainId" <> o."domainId") then ', derived across domains'
          else ', derived' end from product_input i join product o on o.id = i."productId" join product s on s.id = i."sourceId"
          where i."productId" = r."productId") as label
    from release r left join release b on b."productId" = r."productId" and b.number = r.number - 1
    where (r.number = 1 or r.version is distinct from b.version)
      and r."createdAt" >= ${from} and r."createdAt" < ${to}`,
} satisfies Metric;
