import { SECRET } from '../secret';
import { type Cases, filter, none, secret } from './shared';

export const catalog = {
  cases: {
    'catalog/compareProducts': () => [{ p: ['vault/ledger', `vault/${secret}`] }],
    'catalog/deleteSearch': ({ ids }) => [{ searchId: ids.search }],
    'catalog/domainMap': none,
    'catalog/domainUses': () => [{ from: 'vault', to: 'vault' }],
    'catalog/getDomain': () => ['vault'],
    'catalog/listDomains': none,
    'catalog/listProducts': () => [{ scope: 'domains' }],
    'catalog/listSavedSearches': none,
    'catalog/newlyListed': () => [{}, new Date(0)],
    'catalog/saveSearch': () => [{ name: 'mine', query: 'q=orders' }],
    'catalog/searchCatalog': filter,
    'catalog/suggestCatalog': () => [SECRET],
    'catalog/updateSearch': ({ ids }) => [{ searchId: ids.search, isTelling: true }],
  },
  open: {
    'catalog/compareProducts': 'descriptions of products, of those a policy lets them discover',
    'catalog/domainMap':
      'how many products domains have and use, of those a policy lets them discover',
    'catalog/domainUses': 'which products a domain uses, of those a policy lets them discover',
    'catalog/getDomain': 'domains and their teams are how people find whom to ask',
    'catalog/listDomains': 'domains and their teams are how people find whom to ask',
    'catalog/listSavedSearches': 'their own searches',
    'catalog/newlyListed': 'descriptions of products, of those a policy lets them discover',
    'catalog/saveSearch': 'a search of their own',
    'catalog/searchCatalog': 'descriptions of products, of those a policy lets them discover',
  },
  parts: {
    'catalog/ownerOf': 'reads the actor',
  },
} satisfies Cases;
