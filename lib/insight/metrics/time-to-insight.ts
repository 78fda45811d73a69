import { Prisma } from '@/lib/core';
import { hoursBetween } from './hours';
import type { Metric } from './metric';

export const timeToInsight = {
  id: 'time_to_insight',
  title: 'Time to insight',
  group: 'business',
  unit: 'hours',
  direction: 'down',
  fold: 'median',
  isKept: true,
  definition:
    'From a person’s first request for access to a product to the first row that they were served of it, in the middle. People who read without asking, and requests that led to no read, are left out.',
  facts: 'first reads after a request',
  source: 'Access requests and first reads; at once.',
  owner: 'Platform team',
  minimum: 3,
  sql: ({ from, to }) => Prisma.sql`
    select r."firstAt" as at, r."productId", ${hoursBetween('r."firstAt"', 'r."askedAt"')} as num,
      null::float8 as den, 1 as n, r."productId" || ':' || r."userId" as key,
      'Asked ' || to_char(r."askedAt" at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' as label
    from product_reader r where r."askedAt" is not null and r."firstAt" >= ${from} and r."firstAt" < ${to}`,
} satisfies Metric;
