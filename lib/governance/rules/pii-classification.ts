import { fieldsWithPii } from '../pii';
import type { GovernanceRule } from '../rule';

export const piiClassification: GovernanceRule = {
  id: 'pii-classification',
  title: 'Personal data is at least confidential',
  evaluate({ descriptor }) {
    const { classification } = descriptor.spec;
    if (classification === 'confidential' || classification === 'restricted') return [];
    const names = fieldsWithPii(descriptor);
    if (names.length === 0) return [];
    const columns =
      names.length === 1 ? `Column ${names[0]} holds` : `Columns ${names.join(', ')} hold`;
    const message = `${columns} personal data. Choose confidential or restricted, or leave the data out.`;
    const level = classification === 'public' ? ('error' as const) : ('warning' as const);
    return [{ level, path: 'spec.classification', message }];
  },
  examples: {
    pass: [
      {},
      { classification: 'confidential', schema: [{ name: 'id', type: 'long', pii: true }] },
    ],
    fail: [
      { classification: 'public', schema: [{ name: 'id', type: 'long', pii: true }] },
      { classification: 'internal', schema: [{ name: 'id', type: 'long', pii: true }] },
    ],
  },
};
