import { Prisma } from '@/lib/core';
import { LEAST_ANSWERS } from '../survey/least';
import type { Metric } from './metric';

export const surveySatisfaction = {
  id: 'survey_satisfaction',
  title: 'Satisfaction in the survey',
  group: 'business',
  unit: 'percent',
  direction: 'up',
  fold: 'mean',
  factor: 100,
  isOfPortal: true,
  definition: `Of the answers to the survey’s question, from 1 to 5, the share that was 4 or 5 (CSAT). Anonymous answers count once ${LEAST_ANSWERS} or more of finished days can be shown together, on the last of those days.`,
  facts: 'answers',
  source: 'Answers of the survey; named ones at once, anonymous ones when enough have come.',
  owner: 'Platform team',
  minimum: LEAST_ANSWERS,
  sql: ({ from, to }) => Prisma.sql`
    select a.day::timestamp at time zone 'UTC' as at, null::text as "productId",
      case when a.score >= 4 then 1 else 0 end::float8 as num, 1::float8 as den, 1 as n, a.id as key,
      a.score || ' of 5' as label
    from survey_answer a where a."releasedOn" is not null
      and a.day >= (${from}::timestamptz at time zone 'UTC')::date
      and a.day < (${to}::timestamptz at time zone 'UTC')::date`,
} satisfies Metric;
