import { costFacts } from '../cost/facts';
import { COST_KINDS, type Costs } from '../cost/kinds';
import { COST_SOURCE } from './cost-days';
import type { Metric } from './metric';

const COSTS: Costs = { kinds: COST_KINDS, hasReads: true };

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
  costs: COSTS,
  sql: (window) => costFacts(window, COSTS),
} satisfies Metric;
