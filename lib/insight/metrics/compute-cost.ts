import { costFacts } from '../cost/facts';
import type { Costs } from '../cost/kinds';
import { COST_SOURCE } from './cost-days';
import type { Metric } from './metric';

const COSTS: Costs = { kinds: ['load', 'quality', 'query'] };

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
  costs: COSTS,
  sql: (window) => costFacts(window, COSTS),
} satisfies Metric;
