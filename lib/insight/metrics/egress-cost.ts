import { amountsByDomain } from '../cost/cells';
import { costFacts, costFactsOfDomains } from '../cost/facts';
import { COST_SOURCE } from './cost-days';
import type { Metric } from './metric';

export const egressCost = {
  id: 'egress_cost',
  title: 'Cost of serving',
  group: 'cost',
  unit: 'money',
  direction: 'down',
  fold: 'sum',
  definition:
    'What the bytes of the answers cost. The answer to a statement that reads several products counts in full for each of them.',
  facts: 'products and days',
  observations: 'reads on days with a price',
  source: COST_SOURCE,
  owner: 'Platform team',
  minimum: 1,
  sql: (window) => costFacts(window, ['egress']),
  byDomain: (window, amounts = amountsByDomain([window])) =>
    costFactsOfDomains(window, ['egress'], amounts),
} satisfies Metric;
