import { encryptionRequired, refLabel } from '../effective';
import type { GovernanceRule } from '../rule';

export const encryption: GovernanceRule = {
  id: 'encryption',
  title: 'Whether the product’s files are encrypted, and which policy says so',
  evaluate({ descriptor, policy }) {
    const level = descriptor.spec.classification;
    if (!level || !encryptionRequired(policy, level)) return [];
    const rule = policy.classifications[level];
    const source = rule ? refLabel(rule.encryption.from) : 'no policy says otherwise';
    const message = `Files will be encrypted: ${level} data must be (${source}).`;
    return [{ level: 'info', path: 'spec.classification', message }];
  },
  examples: {
    pass: [{ classification: 'public' }, { classification: null }],
    fail: [{ classification: 'internal' }, { classification: 'restricted' }],
  },
};
