import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { parseDocumentAs } from '@/lib/specs';
import { mergePolicies } from './merge';

const yaml = readFileSync('prisma/seed/policies/global.yaml', 'utf8');
const parsed = parseDocumentAs('DataGovernancePolicy', yaml);
if (!parsed.ok) throw new Error('The shipped policy is not valid.');
const policy = mergePolicies(null, [
  {
    ...{ name: 'global', version: 1, activatedAt: null, activatedBy: null, scope: 'global' },
    document: parsed.document,
  },
]);
const product = {
  uid: { type: 'Product', id: 'p' },
  attrs: {
    ...{
      name: 'orders',
      classification: 'restricted',
      status: 'production',
      hasPersonalData: false,
    },
    owner: { __entity: { type: 'User', id: 'owner' } },
    domain: { __entity: { type: 'Domain', id: 'd' } },
  },
  parents: [{ type: 'Domain', id: 'd' }],
};
const asked = (type: 'System' | 'User', id: string) => ({
  ...{
    principal: { type, id },
    action: 'read',
    productId: 'p',
    context: { networkIn: [], timeIn: [] },
  },
  entities: [
    product,
    ...(type === 'User'
      ? [{ uid: { type, id }, attrs: { isDisabled: false, isSteward: false }, parents: [] }]
      : []),
  ],
});

it('the two copies of this module in one process do not answer by each other’s policies', async () => {
  const first = await import('./engine');
  vi.resetModules();
  const second = await import('./engine');
  expect(second.authorize).not.toBe(first.authorize);
  const allowed = () => [
    first.authorize(policy, asked('System', 'probe')).allow,
    second.authorize(policy, asked('User', 'stranger')).allow,
  ];
  // Each parses its first slice: the API's for the system, the pages' for a person.
  expect(allowed()).toEqual([true, false]);
  expect(allowed()).toEqual([true, false]);
});
