import { costFacts } from '../cost/facts';
import type { Costs } from '../cost/kinds';
import { COST_SOURCE } from './cost-days';
import type { Metric } from './metric';

const COSTS: Costs = { kinds: ['egress'] };

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
  costs: COSTS,
  sql: (window) => costFacts(window, COSTS),
} satisfies Metric;
