import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  exportOpenSlo,
  listSlo,
  productSlo,
  RangeName,
  RemoveObjectiveInput,
  removeObjective,
  SaveObjectiveInput,
  SloAddress,
  SloListInput,
  saveObjective,
  sloHistory,
} from '@/lib/slo';

const tags = ['slo'];
const Key = z.object({ productId: z.string().min(1).max(100), key: z.string().min(1).max(63) });

/** What products promise, and how they keep it. */
export const sloRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/slo',
    {
      schema: { tags, summary: 'Every product’s objectives in brief', querystring: SloListInput },
    },
    ({ ctx, query }) => listSlo(ctx, query),
  );
  app.get(
    '/slo/:domain/:product',
    {
      schema: {
        tags,
        summary: 'A product’s objectives, error budgets, burn rates, incidents and newest probes',
        params: SloAddress,
      },
    },
    ({ ctx, params }) => productSlo(ctx, params),
  );
  app.get(
    '/slo/:domain/:product/history',
    {
      schema: {
        tags,
        summary: 'How each objective did, by hour (2d) or UTC day (30d, 90d)',
        params: SloAddress,
        querystring: z.object({ range: RangeName.default('30d') }),
      },
    },
    async ({ ctx, params, query }) => ({
      objectives: await sloHistory(ctx, { ...params, ...query }),
    }),
  );
  app.get(
    '/slo/:domain/:product/openslo.yaml',
    { schema: { tags, summary: 'The objectives as OpenSLO v1', params: SloAddress } },
    async ({ ctx, params }, reply) => {
      const yaml = await exportOpenSlo(ctx, params);
      return reply
        .type('application/yaml; charset=utf-8')
        .header(
          'content-disposition',
          `attachment; filename="${params.domain}-${params.product}.openslo.yaml"`,
        )
        .serializer((text: string) => text)
        .send(yaml);
    },
  );
  app.put(
    '/products/:productId/objectives/:key',
    {
      schema: {
        tags,
        summary: 'Add an objective, or change one by its revision',
        params: Key,
        body: SaveObjectiveInput.omit({ productId: true, key: true }),
      },
    },
    ({ ctx, params, body }) => saveObjective(ctx, { ...body, ...params }),
  );
  app.delete(
    '/products/:productId/objectives/:key',
    {
      schema: {
        tags,
        summary: 'Remove an objective that was added, with its measurements',
        params: RemoveObjectiveInput,
      },
    },
    async ({ ctx, params }, reply) => {
      await removeObjective(ctx, params);
      return reply.code(204).send();
    },
  );
};
