import { type EffectivePolicy, refLabel } from '@/lib/governance';
import { meetsThreshold, parseThreshold } from '@/lib/specs';

/** What the dimensions of rules are called in policies. */
const METRIC: Record<string, string> = {
  uniqueness: 'consistency',
  validity: 'accuracy',
  timeliness: 'freshness',
};
export const metricOf = (dimension: string): string => METRIC[dimension] ?? dimension;

export interface DimensionVerdict {
  dimension: string;
  score: number;
  /** What the effective policy asks for, as it is written there; null when it says nothing. */
  required: string | null;
  enforcement: 'warning' | 'error' | null;
  /** The document that says so. */
  source: string | null;
  isMet: boolean;
}

/** Each dimension's score beside the threshold and the enforcement of the effective policy. */
export function judgeScores(
  policy: Pick<EffectivePolicy, 'quality'>,
  scores: Record<string, number>,
): DimensionVerdict[] {
  return Object.entries(scores).map(([dimension, score]) => {
    const requirement = policy.quality[metricOf(dimension)];
    const required = requirement && parseThreshold(requirement.threshold.value);
    const isShare = required?.unit === 'percent' || required?.unit === 'number';
    if (!requirement || !required || !isShare) {
      return { dimension, score, required: null, enforcement: null, source: null, isMet: true };
    }
    return {
      dimension,
      score,
      required: String(requirement.threshold.value),
      enforcement: requirement.enforcement.value,
      source: refLabel(requirement.threshold.from),
      isMet: meetsThreshold({ value: score, unit: required.unit }, required) !== false,
    };
  });
}
