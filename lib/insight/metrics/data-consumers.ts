import { Prisma } from '@/lib/core';
import type { Metric, Window } from './metric';
import { USAGE_SOURCE } from './usage-days';

/** Before, it is not known any more who read. Said so that the planner does not take the days for fewer than they are. */
const IS_HELD = Prisma.sql`exists (select from usage_kept k where k."readersSince" <= d.day)`;

/** A look-up a product: its days lie together in no index but its own. */
const daysOf = (within: Prisma.Sql, { from, to }: Window) => Prisma.sql`
  (select p.id from product p where ${within}) q cross join lateral (select u.* from usage_day u
    where u."productId" = q.id and u.day >= ${from} and u.day < ${to} offset 0)`;

export const consumers = {
  id: 'data_consumers',
  title: 'Consumers',
  group: 'business',
  unit: 'count',
  direction: 'up',
  fold: 'people',
  definition:
    'Different people who were served rows of a product that was not their own when they read it. There is no figure of days of which it is not kept any more who read.',
  facts: 'products and days',
  observations: 'reads by others',
  source: USAGE_SOURCE,
  owner: 'Domain teams',
  minimum: 0,
  sql: ({ from, to, within }) => Prisma.sql`
    select d.day as at, d."productId", bit_count(d.readers)::float8 as num, null::float8 as den, d."byOthers" as n,
      d."productId" || to_char(d.day at time zone 'UTC', ':YYYY-MM-DD:') || d.chunk as key,
      bit_count(d.readers) || ' people, ' || d."byOthers" || ' reads' as label, d.chunk, d.readers
    from ${within ? daysOf(within, { from, to }) : Prisma.sql`usage_day`} d
    where d.day >= ${from} and d.day < ${to} and d."byOthers" > 0 and ${IS_HELD}`,
  byDomain: ({ from, to }) => Prisma.sql`
    select d.day as at, d."domainId", null::float8 as num, null::float8 as den, d."byOthers" as n, d.chunk, d.readers
    from usage_domain_day d where d.day >= ${from} and d.day < ${to} and d."byOthers" > 0 and ${IS_HELD}`,
} satisfies Metric;
