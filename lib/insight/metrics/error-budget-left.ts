import { Prisma } from '@/lib/core';
import type { Metric } from './metric';
import { measuredDays } from './slo-days';

export const errorBudgetLeft = {
  id: 'error_budget_left',
  title: 'Error budget left',
  group: 'technical',
  unit: 'percent',
  mayBeNegative: true,
  direction: 'up',
  fold: 'mean',
  isKept: true,
  factor: 100,
  definition:
    'The minutes that the objectives of all products leave for failure in the period, less those that failed, as a share of them. Below zero the promises are broken on the whole.',
  facts: 'days of objectives',
  observations: 'measured minutes',
  source: 'Finished hours of all objectives; up to an hour old.',
  owner: 'Domain teams',
  minimum: 60,
  sql: (window) => Prisma.sql`
    select m.at, m."productId", (1 - m.target) * m.den - (m.den - m.num) as num, (1 - m.target) * m.den as den,
      m.n, m.key, m.label
    from (${measuredDays(window, Prisma.sql`true`)}) m`,
} satisfies Metric;
