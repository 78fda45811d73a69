import type { Metric } from './metric';
import { USAGE_SOURCE, usageDays, usageDomainDays } from './usage-days';

export const bytesServed = {
  id: 'data_bytes_served',
  title: 'Bytes served',
  group: 'business',
  unit: 'bytes',
  direction: 'up',
  fold: 'sum',
  definition: 'Bytes of the answers with rows, as they were sent.',
  facts: 'products and days',
  observations: 'reads',
  source: USAGE_SOURCE,
  owner: 'Domain teams',
  minimum: 0,
  sql: (window) => usageDays(window, 'sizeBytes'),
  byDomain: (window) => usageDomainDays(window, 'sizeBytes'),
} satisfies Metric;
