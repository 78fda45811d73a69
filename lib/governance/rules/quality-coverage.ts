import { parseThreshold, type QualityRule } from '@/lib/specs';
import { refLabel, thresholdOf } from '../effective';
import type { GovernanceRule, RuleFacts } from '../rule';

/** What a check or a dimension measures when the rule names no metric. */
const METRIC_OF: Record<string, string> = {
  not_null: 'completeness',
  row_count: 'completeness',
  accepted_values: 'accuracy',
  range: 'accuracy',
  pattern: 'accuracy',
  validity: 'accuracy',
  unique: 'consistency',
  uniqueness: 'consistency',
  freshness: 'freshness',
  timeliness: 'freshness',
};

function metricOf(rule: QualityRule): string {
  const named = rule.metric ?? (typeof rule.dimension === 'string' ? rule.dimension : rule.check);
  return METRIC_OF[named] ?? named;
}

export const qualityCoverage: GovernanceRule = {
  id: 'quality-coverage',
  title: 'Every quality metric that the policy requires has a rule with at least its threshold',
  evaluate(facts) {
    return Object.keys(facts.policy.quality).flatMap((metric) => judge(facts, metric));
  },
  examples: {
    pass: [
      {},
      {
        quality: [
          { check: 'not_null', column: 'id', threshold: '99%' },
          { check: 'range', metric: 'accuracy', column: 'id', threshold: '98%' },
          { check: 'unique', metric: 'consistency', column: 'id' },
        ],
      },
    ],
    fail: [
      { quality: null },
      { quality: [{ check: 'not_null', column: 'id' }] },
      {
        quality: [
          { check: 'not_null', column: 'id', threshold: '90%' },
          { check: 'range', metric: 'accuracy', column: 'id' },
          { check: 'unique', metric: 'consistency', column: 'id' },
        ],
      },
    ],
  },
};

function judge({ descriptor, policy }: RuleFacts, metric: string) {
  const requirement = policy.quality[metric];
  // Freshness is measured from snapshots against the SLO, without a rule over the rows.
  if (!requirement || (metric === 'freshness' && descriptor.spec.slo?.freshness !== undefined)) {
    return [];
  }
  const required = thresholdOf(requirement);
  const stated = requirement.threshold.value;
  const source = refLabel(requirement.threshold.from);
  // A missing rule warns also where a missed threshold is an error: the runs decide that.
  const level = 'warning' as const;
  const rules = (descriptor.spec.quality ?? []).map((rule, index) => ({ rule, index }));
  const own = rules.filter(({ rule }) => metricOf(rule) === metric);
  if (own.length === 0) {
    const message = `No quality rule measures ${metric}; the policy asks for ${stated} (${source}).`;
    return [{ level, path: 'spec.quality', message }];
  }
  return own.flatMap(({ rule, index }) => {
    const set = rule.threshold === undefined ? null : parseThreshold(rule.threshold);
    const isComparable =
      set &&
      required &&
      [set.unit, required.unit].every((unit) => unit === 'percent' || unit === 'number');
    if (!isComparable || set.value >= required.value) return [];
    const message = `${metric} is set to ${rule.threshold}, below the ${stated} the policy asks for (${source}).`;
    return [{ level, path: `spec.quality[${index}].threshold`, message }];
  });
}
