import { CLASSIFICATIONS } from '@/lib/specs';
import type { GovernanceRule } from '../rule';

export const classification: GovernanceRule = {
  id: 'classification',
  title: 'Every product states a classification that the policy knows',
  evaluate({ descriptor, policy }) {
    const path = 'spec.classification';
    const level = descriptor.spec.classification;
    if (!level) {
      const message = `State a classification: ${CLASSIFICATIONS.join(', ')}.`;
      return [{ level: 'error', path, message }];
    }
    if (policy.classifications[level]) return [];
    const message = `No policy in force says how ${level} data is kept. A steward adds it to the global policy.`;
    return [{ level: 'error', path, message }];
  },
  examples: { pass: [{}, { classification: 'public' }], fail: [{ classification: null }] },
};
