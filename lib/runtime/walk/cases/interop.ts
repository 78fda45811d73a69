import type { Cases } from './shared';

export const interop = {
  cases: {
    'interop/checkContract': () => [{ text: 'kind: DataContract' }],
    'interop/contractSource': () => ['vault', 'ledger'],
    'interop/contractView': () => ['vault', 'ledger'],
    'interop/importContract': () => [{ text: 'kind: DataProduct' }],
    'interop/contractOnto': ({ ids }) => [{ productId: ids.ledger, text: 'kind: DataProduct' }],
    'interop/productContract': () => ['vault', 'ledger', { format: 'dataproduct' }],
    'interop/proposeContract': ({ ids }) => [
      { productId: ids.ledger, yaml: 'kind: DataProduct', reason: 'why' },
    ],
  },
  open: {
    'interop/checkContract': 'what a check says of the text that they sent',
    'interop/contractSource':
      'the contract of a product that they may discover, without what the data told it',
    'interop/contractView':
      'the contract of a product that they may discover, without what the data told it',
    'interop/productContract':
      'the contract of a product that they may discover, without what the data told it',
  },
} satisfies Cases;
