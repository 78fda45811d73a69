import { type Cases, filter, none, product } from './shared';

const term = { term: 'entry', rev: 1 };
const link = { term: 'entry', product: 'vault/ledger' };

export const glossary = {
  cases: {
    'glossary/approveTerm': () => [term],
    'glossary/createTerm': () => [{ name: 'Word', definition: 'What it means.', domain: 'vault' }],
    'glossary/deleteTerm': () => [term],
    'glossary/getTerm': () => ['entry'],
    'glossary/linkTerm': () => [{ ...link, column: 'entry' }],
    'glossary/listTerms': filter,
    'glossary/productTerms': product,
    'glossary/restoreTerm': ({ ids }) => [{ termId: ids.deletedTerm }],
    'glossary/termPlaces': none,
    'glossary/unlinkTerm': () => [link],
    'glossary/updateTerm': () => [{ ...term, name: 'Entry', definition: 'What it means.' }],
  },
  open: {
    'glossary/getTerm':
      'what a word means, and the products with it that a policy lets them discover',
    'glossary/listTerms': 'what words mean, so that everybody means the same',
    'glossary/productTerms': 'terms of a product that they may discover',
  },
  parts: {
    'glossary/loadTerm': 'loads a term for a verb',
    'glossary/mayEdit': 'a question, answered with yes or no',
    'glossary/requireEditor': 'a guard',
    'glossary/writerOf': 'reads the actor',
  },
} satisfies Cases;
