import { type Cases, product, tomorrow } from './shared';

export const release = {
  cases: {
    'release/deleteSample': ({ ids }) => [{ productId: ids.ledger, name: 'x' }],
    'release/deprecateProduct': ({ ids }) => [{ productId: ids.ledger, sunsetAt: tomorrow }],
    'release/listSamples': product,
    'release/listTestRuns': ({ ids }) => [ids.salaries],
    'release/productLifecycle': product,
    'release/saveSample': ({ ids }) => [
      { productId: ids.ledger, name: 'x', inputs: { source: [] }, expected: [] },
    ],
    'release/withdrawDeprecation': ({ ids }) => [{ productId: ids.ledger }],
  },
  open: {
    'release/productLifecycle':
      'where a product stands that they may discover, without what its tests found',
  },
} satisfies Cases;
