import { costFacts } from '../cost/facts';
import { COST_KINDS, type Costs } from '../cost/kinds';
import { COST_SOURCE } from './cost-days';
import type { Metric } from './metric';

const COSTS: Costs = { kinds: COST_KINDS };

export const dataCost = {
  id: 'data_cost',
  title: 'Cost',
  group: 'cost',
  unit: 'money',
  direction: 'down',
  fold: 'sum',
  definition:
    'What products cost in the period by the prices that the platform team set: storage, loads, quality checks, reads and bytes served, each day at the prices in force on it. A day without prices costs nothing that is known, and is left out.',
  facts: 'products and days',
  observations: 'days of products, and reads, with a price',
  source: COST_SOURCE,
  owner: 'Platform team',
  minimum: 1,
  costs: COSTS,
  sql: (window) => costFacts(window, COSTS),
} satisfies Metric;
