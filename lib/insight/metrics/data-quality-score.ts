import { Prisma } from '@/lib/core';
import type { Metric } from './metric';

export const dataQualityScore = {
  id: 'data_quality_score',
  title: 'Data quality score',
  group: 'technical',
  unit: 'percent',
  direction: 'up',
  fold: 'mean',
  isKept: true,
  definition:
    'The mean score of the quality runs over what production serves, every run the same. A run’s score is the mean of its dimensions, and a dimension’s the mean share of good rows of its rules. Runs without a rule are left out.',
  facts: 'quality runs',
  source: 'Quality runs of production; at once.',
  owner: 'Domain teams',
  minimum: 1,
  sql: ({ from, to }) => Prisma.sql`
    select q."startedAt" as at, q."productId", s.score as num, 1::float8 as den, 1 as n, q.id as key,
      (select string_agg(key || ' ' || value, ', ' order by key) from jsonb_each_text(q.scores)) as label
    from quality_run q
    cross join lateral (select avg(value::float8) as score from jsonb_each_text(q.scores)) s
    where q.environment = 'production' and q."finishedAt" is not null and s.score is not null
      and q."startedAt" >= ${from} and q."startedAt" < ${to}`,
} satisfies Metric;
