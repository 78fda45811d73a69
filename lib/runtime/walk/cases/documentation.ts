import { type Cases, product } from './shared';

export const documentation = {
  cases: {
    'documentation/documentationMarkdown': () => ['vault', 'ledger'],
    'documentation/productActivity': product,
    'documentation/productDocumentation': product,
    'documentation/productReadiness': product,
    'documentation/saveDocumentation': ({ ids }) => [
      { productId: ids.ledger, rev: 1, text: 'Written anew' },
    ],
    'documentation/reviewReadyDraft': ({ ids }) => [ids.draft],
  },
  open: {
    'documentation/documentationMarkdown': 'words about a product, without its rows',
    'documentation/productActivity': 'what was announced about a product, without names',
    'documentation/productDocumentation': 'words about a product, without its rows',
  },
} satisfies Cases;
