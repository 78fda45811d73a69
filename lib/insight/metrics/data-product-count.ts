import { Prisma } from '@/lib/core';
import type { Metric } from './metric';

export const dataProductCount = {
  id: 'data_product_count',
  title: 'Data products',
  group: 'technical',
  unit: 'count',
  direction: 'up',
  fold: 'level',
  definition:
    'Products that have come to production and are not retired. A product counts from its first release on, also while it is deprecated.',
  facts: 'releases and retirements',
  source: 'First releases and retirements; at once.',
  owner: 'Domain teams',
  minimum: 0,
  sql: ({ to }) => Prisma.sql`
    select r."createdAt" as at, r."productId", 1::float8 as num, null::float8 as den, 1 as n, r.id as key,
      'Release ' || r.number || ', version ' || r.version as label
    from release r where r.number = 1 and r."createdAt" < ${to}
    union all
    select o."retiredAt", o.id, -1, null, 1, o.id || ':retired', 'Retired'
    from product o where o."retiredAt" < ${to} and exists (select 1 from release r where r."productId" = o.id)`,
} satisfies Metric;
