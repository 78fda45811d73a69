import type { DataProduct } from '@/lib/specs';
import type { EffectivePolicy } from './effective';

export type FindingLevel = 'error' | 'warning' | 'info';
export interface Finding {
  ruleId: string;
  level: FindingLevel;
  message: string;
  /** Where in the descriptor: `spec.classification`. */
  path: string;
  /** The policy document that a rule of a steward's own is from. */
  source?: string;
  /** It is accepted until then, and stops nothing. */
  waiver?: { id: string; expiresAt: string };
  /** A version in its grace stage finds it; from then on it counts. */
  graceUntil?: string;
}
export interface RuleFacts {
  descriptor: DataProduct;
  policy: EffectivePolicy;
}
/** Fields that differ from the sample product of the suite; null takes one away. */
type Variation = { [Key in keyof DataProduct['spec']]?: DataProduct['spec'][Key] | null };

export interface GovernanceRule {
  id: string;
  /** What it asks for, in a sentence. */
  title: string;
  evaluate(facts: RuleFacts): Omit<Finding, 'ruleId'>[];
  /** The suite runs these: no finding for `pass`, at least one for `fail`. */
  examples: { pass: Variation[]; fail: Variation[] };
}
