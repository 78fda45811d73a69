import { costFacts } from '../cost/facts';
import { COST_KINDS, type Costs } from '../cost/kinds';
import { COST_SOURCE } from './cost-days';
import type { Metric } from './metric';

const COSTS: Costs = { kinds: COST_KINDS, ofWholeDays: true };

export const costReduction = {
  id: 'cost_reduction',
  title: 'Cost reduction',
  group: 'cost',
  unit: 'percent',
  direction: 'up',
  fold: 'sum',
  isChange: true,
  isFall: true,
  course: 'Cost',
  courseUnit: 'money',
  definition:
    'How much less products cost in the period than in the one before it; below zero they cost more. Whole days are compared: today is left out, and so is the first day of the period before. Without prices on every day of both there is nothing to compare.',
  facts: 'products and days',
  source: COST_SOURCE,
  owner: 'Platform team',
  minimum: 1,
  costs: COSTS,
  sql: (window) => costFacts(window, COSTS),
} satisfies Metric;
