import { parseDuration } from '@/lib/specs';
import { refLabel, retentionOf } from '../effective';
import type { GovernanceRule } from '../rule';

export const retention: GovernanceRule = {
  id: 'retention',
  title: 'It is stated how long the data is kept',
  evaluate({ descriptor, policy }) {
    const { classification } = descriptor.spec;
    const path = 'spec.classification';
    if (!classification) {
      const message = 'Without a classification nobody can say how long this data is kept.';
      return [{ level: 'warning', path, message }];
    }
    const rule = retentionOf(policy, classification);
    if (rule && parseDuration(rule.value)) return [];
    const source = rule ? ` (${refLabel(rule.from)})` : '';
    const message = `No policy in force says how long ${classification} data is kept${source}.`;
    return [{ level: 'warning', path, message }];
  },
  examples: { pass: [{}, { classification: 'restricted' }], fail: [{ classification: null }] },
};
