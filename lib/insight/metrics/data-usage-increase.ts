import type { Metric } from './metric';
import { USAGE_SOURCE, usageDays, usageDomainDays } from './usage-days';

export const usageIncrease = {
  id: 'data_usage_increase',
  title: 'Data usage increase',
  group: 'business',
  unit: 'percent',
  direction: 'up',
  fold: 'sum',
  isChange: true,
  course: 'Reads',
  courseUnit: 'count',
  definition:
    'How many more reads were answered in the period than in the one before it, of the same length. Without a read before there is nothing to compare with.',
  facts: 'products and days',
  observations: 'reads',
  source: USAGE_SOURCE,
  owner: 'Domain teams',
  minimum: 1,
  sql: (window) => usageDays(window, 'reads'),
  byDomain: (window) => usageDomainDays(window, 'reads'),
} satisfies Metric;
