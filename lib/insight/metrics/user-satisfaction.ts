import { Prisma } from '@/lib/core';
import type { Metric } from './metric';

export const userSatisfaction = {
  id: 'user_satisfaction',
  title: 'User satisfaction',
  group: 'business',
  unit: 'stars',
  direction: 'up',
  fold: 'mean',
  definition:
    'The mean of the stars that consumers gave, of 5. Only people who were served rows can review; each wording of a review counts in the period in which it was written, and hidden or withdrawn reviews do not.',
  facts: 'reviews',
  source: 'Reviews with every change of them; at once.',
  owner: 'Domain teams',
  minimum: 3,
  sql: ({ from, to }) => Prisma.sql`
    select v.at, r."productId", v.stars::float8 as num, 1::float8 as den, 1 as n, v."reviewId" || ':' || v.rev as key,
      v.stars || ' of 5 stars' as label
    from review_version v join review r on r.id = v."reviewId"
    where v.at >= ${from} and v.at < ${to} and r."withdrawnAt" is null and r."hiddenAt" is null`,
} satisfies Metric;
