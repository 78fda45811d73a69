import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Ctx } from '@/lib/core';
import {
  ColumnInput,
  columnLineage,
  ImpactInput,
  ingestLineage,
  LineageEventsInput,
  LineageInput,
  lineageEvents,
  lineageImpact,
  MeshInput,
  meshLineage,
  openLineageJob,
  productLineage,
} from '@/lib/lineage';
import { productPage } from '@/lib/serving';

const tags = ['Lineage'];
const params = z.object({ domain: z.string().max(63), product: z.string().max(63) });

const idOf = async (ctx: Ctx, { domain, product }: z.infer<typeof params>) =>
  (await productPage(ctx, domain, product)).id;

/** What is made from what: of the whole mesh, of a product, of one column; and who is hit when it goes. */
export const lineageRoutes: FastifyPluginAsyncZod = async (app) => {
  const base = '/products/:domain/:product/lineage';
  app.get(
    '/lineage',
    {
      schema: {
        ...{ tags, querystring: MeshInput },
        summary: 'Every product that reads another or is read, with who reads whom',
      },
    },
    ({ ctx, query }) => meshLineage(ctx, query),
  );
  app.post(
    '/lineage/events',
    {
      schema: {
        tags,
        // The verb reads it, and says each place that is wrong.
        body: z.unknown(),
        summary: 'Take in OpenLineage events: one, or a list of at most 100',
        description:
          'All are stored or none. A known event (same run, type and time) changes nothing. It needs the scope products:write and the right to operate every product that the job writes.',
      },
    },
    ({ ctx, body }) => ingestLineage(ctx, body),
  );
  app.get(
    `${base}/events`,
    {
      schema: {
        ...{ tags, params, querystring: LineageEventsInput },
        summary: 'What jobs outside the portal told of a product in the last 30 days',
      },
    },
    async ({ ctx, params: at, query }) => lineageEvents(ctx, await idOf(ctx, at), query),
  );
  app.get(
    base,
    {
      schema: {
        ...{ tags, params, querystring: LineageInput },
        summary: 'The products that one is made from and that are made from it',
      },
    },
    async ({ ctx, params: at, query }) => productLineage(ctx, await idOf(ctx, at), query),
  );
  app.get(
    `${base}/columns`,
    {
      schema: {
        ...{ tags, params, querystring: ColumnInput },
        summary: 'What a column is made of, and what is made of it, column by column',
      },
    },
    async ({ ctx, params: at, query }) => columnLineage(ctx, await idOf(ctx, at), query),
  );
  app.get(
    `${base}/impact`,
    {
      schema: {
        ...{ tags, params, querystring: ImpactInput },
        summary: 'Products and people that are hit when a product or one of its columns goes',
      },
    },
    async ({ ctx, params: at, query }) => lineageImpact(ctx, await idOf(ctx, at), query),
  );
  app.get(
    `${base}/openlineage`,
    {
      schema: {
        ...{ tags, params },
        summary: 'How a product is made, as an OpenLineage job event with column lineage',
      },
    },
    async ({ ctx, params: at }) => openLineageJob(ctx, await idOf(ctx, at)),
  );
};
