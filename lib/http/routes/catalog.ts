import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  CompareInput,
  compareProducts,
  DomainUsesInput,
  domainMap,
  domainUses,
  SearchCatalogInput,
  searchCatalog,
  suggestCatalog,
} from '@/lib/catalog';

const SuggestInput = z.object({
  q: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(20).default(6),
});

export const catalogRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/catalog',
    {
      schema: {
        tags: ['Catalogue'],
        summary: 'Search data products',
        description:
          'Exact names and beginnings come first, then stems, split words, insides of words and typing errors. Every match says why; facets are counted beside the matches.',
        querystring: SearchCatalogInput,
      },
    },
    (request) => searchCatalog(request.ctx, request.query),
  );
  app.get(
    '/catalog/suggest',
    {
      schema: {
        tags: ['Catalogue'],
        summary:
          'What may be meant by what has been typed so far: products, columns, tags, terms, owners, domains',
        querystring: SuggestInput,
      },
    },
    (request) => suggestCatalog(request.ctx, request.query.q, request.query.limit),
  );
  app.get(
    '/catalog/compare',
    {
      schema: {
        tags: ['Catalogue'],
        summary: 'Two to four products side by side, and their columns aligned',
        querystring: CompareInput,
      },
    },
    (request) => compareProducts(request.ctx, request.query),
  );
  app.get(
    '/catalog/map',
    {
      schema: {
        tags: ['Catalogue'],
        summary: 'The domains, and who uses whose products across their borders',
      },
    },
    (request) => domainMap(request.ctx),
  );
  app.get(
    '/catalog/map/uses',
    {
      schema: {
        tags: ['Catalogue'],
        summary: 'The products of a domain that another one uses',
        querystring: DomainUsesInput,
      },
    },
    (request) => domainUses(request.ctx, request.query),
  );
};
