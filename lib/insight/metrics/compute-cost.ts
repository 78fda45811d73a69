import { amountsByDomain } from '../cost/cells';
import { costFacts, costFactsOfDomains } from '../cost/facts';
import { COST_SOURCE } from './cost-days';
import type { Metric } from './metric';

export const computeCost = {
  id: 'compute_cost',
  title: 'Cost of computing',
  group: 'cost',
  unit: 'money',
  direction: 'down',
  fold: 'sum',
  definition:
    'What it costs to load products, to check their quality and to answer reads, by the time that each took. A statement that reads several products counts in full for each of them.',
  facts: 'products and days',
  observations: 'days of products, and reads, with a price',
  source: COST_SOURCE,
  owner: 'Platform team',
  minimum: 1,
  sql: (window) => costFacts(window, ['load', 'quality', 'query']),
  byDomain: (window, amounts = amountsByDomain([window])) =>
    costFactsOfDomains(window, ['load', 'quality', 'query'], amounts),
} satisfies Metric;
