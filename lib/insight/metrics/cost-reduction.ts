import { now, Prisma } from '@/lib/core';
import { COST_KINDS, costFacts } from '../cost/facts';
import { COST_SOURCE } from './cost-days';
import type { Metric } from './metric';

export const costReduction = {
  id: 'cost_reduction',
  title: 'Cost reduction',
  group: 'cost',
  unit: 'percent',
  direction: 'up',
  fold: 'sum',
  isChange: true,
  isFall: true,
  course: 'Cost',
  courseUnit: 'money',
  definition:
    'How much less products cost in the period than in the one before it; below zero they cost more. Whole days are compared: today is left out, and so is the first day of the period before. Without prices on every day of both there is nothing to compare.',
  facts: 'products and days',
  source: COST_SOURCE,
  owner: 'Platform team',
  minimum: 1,
  sql: ({ from, to }) => Prisma.sql`
    select c.* from (${costFacts({ from, to }, COST_KINDS)}) c
    where c.at >= ${from}::timestamptz + interval '24 hours' and c.at < date_trunc('day', ${now()}::timestamptz, 'UTC')
      and exists (select 1 from cost_model m where m."from" <= ${from}::timestamptz + interval '24 hours')`,
} satisfies Metric;
