import { now, Prisma } from '@/lib/core';
import { LEAST_ANSWERS } from '../survey/least';
import type { Metric } from './metric';

export const surveyResponseRate = {
  id: 'survey_response_rate',
  title: 'Response rate of the survey',
  group: 'business',
  unit: 'percent',
  direction: 'up',
  fold: 'mean',
  factor: 100,
  isOfPortal: true,
  definition:
    'Of the people who were shown the survey’s question, the share that answered it. Who skipped it, or left it alone, did not. An answer counts on the day of the question.',
  facts: 'days on which people were asked',
  observations: 'people asked',
  source: 'Finished days of the survey; a day old.',
  owner: 'Platform team',
  minimum: LEAST_ANSWERS,
  sql: ({ from, to }) => Prisma.sql`
    select d.day::timestamp at time zone 'UTC' as at, null::text as "productId", d.answered::float8 as num,
      d.asked::float8 as den, d.asked as n, d.day::text as key,
      d.asked || ' asked, ' || d.answered || ' answered, ' || d.skipped || ' skipped' as label
    from survey_day d where d.day >= (${from}::timestamptz at time zone 'UTC')::date
      and d.day < least(${to}::timestamptz at time zone 'UTC', ${now()}::timestamptz at time zone 'UTC')::date`,
} satisfies Metric;
