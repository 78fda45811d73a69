import { Prisma } from '@/lib/core';
import { hoursBetween } from './hours';
import type { Metric } from './metric';

export const leadTime = {
  id: 'lead_time',
  title: 'Lead time of a product',
  group: 'delivery',
  unit: 'hours',
  direction: 'down',
  fold: 'median',
  definition: 'From the beginning of a draft to the product’s first release, in the middle.',
  facts: 'first releases',
  source: 'Drafts and releases; at once.',
  owner: 'Platform team',
  minimum: 1,
  sql: ({ from, to }) => Prisma.sql`
    select r."createdAt" as at, r."productId", ${hoursBetween('r."createdAt"', 'd."createdAt"')} as num, null::float8 as den,
      1 as n, r.id as key, 'Begun ' || to_char(d."createdAt" at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' as label
    from release r join product_draft d on d."productId" = r."productId"
    where r.number = 1 and r."createdAt" >= ${from} and r."createdAt" < ${to}`,
} satisfies Metric;
