import { Prisma } from '@/lib/core';
import type { Metric } from './metric';
import { measuredDays } from './slo-days';

export const apiAvailability = {
  id: 'api_availability',
  title: 'API availability',
  group: 'technical',
  unit: 'percent',
  direction: 'up',
  fold: 'mean',
  isKept: true,
  factor: 100,
  definition:
    'Of the minutes in which a product’s availability was measured, the share that was good, every minute of every product the same. A minute counts by the reads and probes that were answered without an error of the portal; minutes without the portal are bad.',
  facts: 'days of objectives',
  observations: 'measured minutes',
  source: 'Finished hours of the availability objectives; up to an hour old.',
  owner: 'Platform team',
  minimum: 60,
  sql: (window) => measuredDays(window, Prisma.sql`o.kind = 'availability'`),
} satisfies Metric;
