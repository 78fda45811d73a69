import type { GovernanceRule } from '../rule';

export const owner: GovernanceRule = {
  id: 'owner',
  title: 'A person answers for the product',
  evaluate({ descriptor }) {
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(descriptor.spec.owner ?? '')) return [];
    const message = 'Name the person who answers for this product by e-mail address.';
    return [{ level: 'error', path: 'spec.owner', message }];
  },
  examples: { pass: [{}, { owner: 'ada@example.org' }], fail: [{ owner: 'the sales team' }] },
};
