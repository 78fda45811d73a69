import { Prisma } from '@/lib/core';
import { hoursBetween } from './hours';
import type { Metric } from './metric';

export const draftToFirstUse = {
  id: 'draft_to_first_use',
  title: 'Draft to first use',
  group: 'business',
  unit: 'hours',
  direction: 'down',
  fold: 'median',
  definition:
    'From the beginning of a product’s draft to the first row that was served to somebody who had no role in its domain, in the middle.',
  facts: 'products with a first outside read',
  source: 'Drafts and first reads; at once.',
  owner: 'Domain teams',
  minimum: 3,
  sql: ({ from, to }) => Prisma.sql`
    select f.at, f."productId", ${hoursBetween('f.at', 'f."begunAt"')} as num, null::float8 as den,
      1 as n, f."productId" as key,
      'Begun ' || to_char(f."begunAt" at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' as label
    from product_first_use f where f.at >= ${from} and f.at < ${to}`,
} satisfies Metric;
