import { now, Prisma } from '@/lib/core';
import { amountsByDomain } from '../cost/cells';
import { COST_KINDS, costFacts, costFactsOfDomains } from '../cost/facts';
import { COST_SOURCE } from './cost-days';
import type { Metric, Window } from './metric';

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
  sql: (window) => wholeDays(window, costFacts(window, COST_KINDS)),
  byDomain: (window, amounts = amountsByDomain([window])) =>
    wholeDays(window, costFactsOfDomains(window, COST_KINDS, amounts)),
} satisfies Metric;

const wholeDays = ({ from }: Window, facts: Prisma.Sql) => Prisma.sql`
    select c.* from (${facts}) c
    where c.at >= ${from}::timestamptz + interval '24 hours' and c.at < date_trunc('day', ${now()}::timestamptz, 'UTC')
      and exists (select 1 from cost_model m where m."from" <= ${from}::timestamptz + interval '24 hours')`;
