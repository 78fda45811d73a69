import { costFacts } from '../cost/facts';
import type { Costs } from '../cost/kinds';
import { COST_SOURCE } from './cost-days';
import type { Metric } from './metric';

const COSTS: Costs = { kinds: ['storage'] };

export const storageCost = {
  id: 'storage_cost',
  title: 'Cost of storage',
  group: 'cost',
  unit: 'money',
  direction: 'down',
  fold: 'sum',
  definition:
    'What the snapshots cost that are kept, by the hour: those that are served, earlier ones, staging and quarantine.',
  facts: 'products and days',
  observations: 'days of products with a price',
  source: COST_SOURCE,
  owner: 'Platform team',
  minimum: 1,
  costs: COSTS,
  sql: (window) => costFacts(window, COSTS),
} satisfies Metric;
