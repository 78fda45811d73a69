import type { Cases } from './shared';

export const serving = {
  cases: {
    'serving/openTable': () => [{ domain: 'vault', name: 'ledger' }, 'query'],
    'serving/readableColumns': () => [{ domain: 'vault', name: 'ledger' }],
    'serving/diffSnapshots': () => [
      {
        ...{ domain: 'vault', product: 'ledger', from: '1', to: '1' },
        signal: new AbortController().signal,
      },
    ],
    'serving/listSnapshots': ({ ids }) => [ids.salaries],
    'serving/openRows': () => [
      {
        ...{ domain: 'vault', product: 'ledger', query: '' },
        signal: new AbortController().signal,
      },
    ],
    'serving/productDescriptor': () => ['vault', 'ledger'],
    'serving/productMetadata': () => ['vault', 'ledger'],
    'serving/productPage': () => ['vault', 'ledger'],
    'serving/productUsage': ({ ids }) => [ids.salaries],
  },
  open: {
    'serving/productDescriptor':
      'the contract of a product that they may discover, without what the data told it',
    'serving/productPage': 'the description of a product that they may discover',
    'serving/productMetadata': 'the description of a product that they may discover',
  },
  parts: {
    'serving/downloadRefusal': 'a question about products that runQuery has opened',
    'serving/decideRead': 'part of openRows',
    'serving/findProduct': 'part of openRows and productMetadata',
    'serving/goingOn': 'part of openRows, after its decision',
    'serving/recordUsage': 'writes the row of a read',
    'serving/requireReader': 'a guard',
  },
} satisfies Cases;
