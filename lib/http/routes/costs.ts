import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  CostModelFields,
  CostModelInput,
  costBoard,
  costModel,
  DismissInput,
  DuplicatesInput,
  dismissDuplicate,
  duplicatesCsv,
  listDuplicates,
  previewCostModel,
  RestoreInput,
  restoreDuplicate,
  Scope,
  setCostModel,
  UnusedInput,
  unusedCsv,
  unusedProducts,
} from '@/lib/insight';
import { csvFile } from './csv-file';

const tags = ['Insight'];

/** What the mesh costs, by which prices, and what could be spared. */
export const costRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/insight/cost',
    {
      schema: { tags, summary: 'What it costs', querystring: Scope.omit({ product: true }) },
    },
    async ({ ctx, query }) => costBoard(ctx, query),
  );
  app.get(
    '/insight/cost/model',
    { schema: { tags, summary: 'The prices, and what they were' } },
    async ({ ctx }) => costModel(ctx),
  );
  app.post(
    '/insight/cost/model',
    { schema: { tags, summary: 'Set prices from a day on', body: CostModelInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await setCostModel(ctx, body)),
  );
  app.post(
    '/insight/cost/model/preview',
    { schema: { tags, summary: 'What prices make of the last 30 days', body: CostModelFields } },
    async ({ ctx, body }) => previewCostModel(ctx, body),
  );
  app.get(
    '/insight/cost/unused',
    { schema: { tags, summary: 'Products that nobody outside reads', querystring: UnusedInput } },
    async ({ ctx, query }) => unusedProducts(ctx, query),
  );
  app.get(
    '/insight/cost/unused.csv',
    {
      schema: {
        tags,
        summary: 'Products that nobody outside reads, the 10,000 dearest',
        querystring: UnusedInput.omit({ page: true }),
      },
    },
    async ({ ctx, query }, reply) => csvFile(reply, 'unused-products', await unusedCsv(ctx, query)),
  );
  app.get(
    '/insight/duplicates.csv',
    {
      schema: {
        tags,
        summary: 'Products that look alike, as a file',
        querystring: DuplicatesInput.omit({ page: true }),
      },
    },
    async ({ ctx, query }, reply) =>
      csvFile(
        reply,
        'products-alike',
        await duplicatesCsv(ctx, { ...query, dismissed: String(query.dismissed) }),
      ),
  );
  app.get(
    '/insight/duplicates',
    { schema: { tags, summary: 'Products that look alike', querystring: DuplicatesInput } },
    async ({ ctx, query }) => listDuplicates(ctx, { ...query, dismissed: String(query.dismissed) }),
  );
  app.post(
    '/insight/duplicates/dismiss',
    { schema: { tags, summary: 'Two products are no duplicates', body: DismissInput } },
    async ({ ctx, body }, reply) => {
      await dismissDuplicate(ctx, body);
      return reply.code(204).send();
    },
  );
  app.post(
    '/insight/duplicates/restore',
    { schema: { tags, summary: 'List two products as alike again', body: RestoreInput } },
    async ({ ctx, body }, reply) => {
      await restoreDuplicate(ctx, body);
      return reply.code(204).send();
    },
  );
};
