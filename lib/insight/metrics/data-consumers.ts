import { Prisma } from '@/lib/core';
import type { Metric } from './metric';
import { USAGE_SOURCE } from './usage-days';

export const consumers = {
  id: 'data_consumers',
  title: 'Consumers',
  group: 'business',
  unit: 'count',
  direction: 'up',
  fold: 'distinct',
  definition: 'Different people who were served rows of a product that is not their own.',
  facts: 'people, products and days',
  source: USAGE_SOURCE,
  owner: 'Domain teams',
  minimum: 0,
  sql: ({ from, to }) => Prisma.sql`
    select d.day as at, d."productId", d.reads::float8 as num, null::float8 as den, 1 as n, d."userId" as key,
      d.reads || ' reads by one person' as label
    from usage_reader_day d join product o on o.id = d."productId"
    where d.day >= ${from} and d.day < ${to} and d."userId" <> o."ownerId"`,
} satisfies Metric;
