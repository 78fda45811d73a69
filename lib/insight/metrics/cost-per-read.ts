import { amountsByDomain } from '../cost/cells';
import { COST_KINDS, costFacts, costFactsOfDomains } from '../cost/facts';
import { COST_SOURCE } from './cost-days';
import type { Metric } from './metric';

export const costPerRead = {
  id: 'cost_per_read',
  title: 'Cost per read',
  group: 'cost',
  unit: 'money',
  direction: 'down',
  fold: 'mean',
  definition:
    'What products cost in the period over the reads that they answered in it. What nobody reads makes the reads of the others dearer.',
  facts: 'products and days',
  observations: 'reads on days with a price',
  source: COST_SOURCE,
  owner: 'Platform team',
  minimum: 10,
  sql: (window) => costFacts(window, COST_KINDS, { hasReads: true }),
  byDomain: (window, amounts = amountsByDomain([window])) =>
    costFactsOfDomains(window, COST_KINDS, amounts, { hasReads: true }),
} satisfies Metric;
