import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { pipelineOverview, runPipelineNow } from '@/lib/pipelines';
import { latestQuality } from '@/lib/quality';

const params = z.object({ productId: z.string().min(1).max(100) });
const tags = ['pipelines'];

/** Loads of a live product, and the quality of what it serves. */
export const pipelineRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/products/:productId/pipeline',
    { schema: { tags, summary: 'A product’s schedule and its newest loads', params } },
    ({ ctx, params: { productId } }) => pipelineOverview(ctx, productId),
  );

  app.post(
    '/products/:productId/pipeline/run',
    { schema: { tags, summary: 'Load a product now', params } },
    async ({ ctx, params: { productId } }, reply) =>
      reply.code(202).send(await runPipelineNow(ctx, { productId })),
  );

  app.get(
    '/products/:productId/quality',
    { schema: { tags, summary: 'The newest quality run with each rule’s result', params } },
    async ({ ctx, params: { productId } }) => ({ latest: await latestQuality(ctx, productId) }),
  );
};
