import type { Metric } from './metric';
import { USAGE_SOURCE, usageDays, usageDomainDays } from './usage-days';

export const reads = {
  id: 'data_reads',
  title: 'Reads',
  group: 'business',
  unit: 'count',
  direction: 'up',
  fold: 'sum',
  definition:
    'Reads that were answered with rows, over HTTP and by statements of the workbench. Looking at a product’s page, refusals and the portal’s own probes do not count.',
  facts: 'products and days',
  observations: 'reads',
  source: USAGE_SOURCE,
  owner: 'Domain teams',
  minimum: 0,
  sql: (window) => usageDays(window, 'reads'),
  byDomain: (window) => usageDomainDays(window, 'reads'),
} satisfies Metric;
