import { Prisma } from '@/lib/core';
import type { Metric } from './metric';

export const timeToInsight = {
  id: 'time_to_insight',
  title: 'Time to insight',
  group: 'business',
  unit: 'hours',
  direction: 'down',
  fold: 'median',
  definition:
    'From a person’s first request for access to a product to the first row that they were served of it, in the middle. People who read without asking, and requests that led to no read, are left out.',
  facts: 'first reads after a request',
  source: 'Access requests and first reads; at once.',
  owner: 'Platform team',
  minimum: 3,
  sql: ({ from, to }) => Prisma.sql`
    select r."firstAt" as at, r."productId", (extract(epoch from r."firstAt" - a.asked) / 3600)::float8 as num,
      null::float8 as den, 1 as n, r."productId" || ':' || r."userId" as key,
      'Asked ' || to_char(a.asked at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' as label
    from (select i."productId", q."requesterId" as "userId", min(i."createdAt") as asked
      from access_request_item i join access_request q on q.id = i."requestId" group by 1, 2) a
    -- One look-up a request: people who read are many more than people who ask.
    cross join lateral (select o.* from product_reader o
      where o."productId" = a."productId" and o."userId" = a."userId" offset 0) r
    where a.asked <= r."firstAt" and r."firstAt" >= ${from} and r."firstAt" < ${to}`,
} satisfies Metric;
