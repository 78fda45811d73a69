import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SearchCatalogInput, searchCatalog, suggestProducts } from '@/lib/catalog';

const SuggestInput = z.object({
  q: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(20).default(8),
});

export const catalogRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/catalog',
    {
      schema: {
        tags: ['Catalogue'],
        summary: 'Search data products',
        description:
          'Words, prefixes, split names and typing errors are found. Facets are counted beside the matches.',
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
        summary: 'The best few matches for what has been typed so far',
        querystring: SuggestInput,
      },
    },
    async (request) => ({
      suggestions: await suggestProducts(request.ctx, request.query.q, request.query.limit),
    }),
  );
};
