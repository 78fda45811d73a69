import { type Cases, filter, product } from './shared';

export const slo = {
  cases: {
    'slo/exportOpenSlo': () => [{ domain: 'vault', product: 'ledger' }],
    'slo/listSlo': filter,
    'slo/productSlo': () => [{ domain: 'vault', product: 'ledger' }],
    'slo/removeObjective': ({ ids }) => [{ productId: ids.ledger, key: 'answers' }],
    'slo/saveObjective': ({ ids }) => [
      {
        ...{ productId: ids.ledger, key: 'whole', kind: 'completeness', title: 'It is whole' },
        ...{ target: 0.99, window: '30_days' },
      },
    ],
    'slo/sloHistory': () => [{ domain: 'vault', product: 'ledger', range: '30d' }],
    'slo/sloOverview': product,
  },
  open: {
    'slo/exportOpenSlo': 'what a product that they may discover promises',
    'slo/listSlo': 'how products keep what they promise, of those that they may discover',
    'slo/productSlo': 'how a product that they may discover keeps what it promises',
    'slo/sloHistory': 'how a product that they may discover kept what it promises',
    'slo/sloOverview': 'how a product that they may discover keeps what it promises',
  },
} satisfies Cases;
