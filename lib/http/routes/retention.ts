import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  getRetention,
  listRetention,
  RetentionFilter,
  RunRetentionInput,
  runRetention,
  SetRetentionColumnInput,
  setRetentionColumn,
} from '@/lib/compliance';

const tags = ['retention'];
const Name = z.string().min(1).max(100);

/** How long products are kept, what is deleted because of it, and the proof. */
export const retentionRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/retention',
    {
      schema: {
        tags,
        summary: 'Products and how long they are kept',
        querystring: RetentionFilter,
      },
    },
    ({ ctx, query }) => listRetention(ctx, query),
  );
  app.get(
    '/retention/:domain/:product',
    {
      schema: {
        tags,
        summary: 'What would be deleted of a product now, and what was, with signed records',
        params: z.object({ domain: Name, product: Name }),
      },
    },
    ({ ctx, params }) => getRetention(ctx, params.domain, params.product),
  );
  app.post(
    '/retention/runs',
    {
      schema: { tags, summary: 'Delete what is too old of a product now', body: RunRetentionInput },
    },
    async ({ ctx, body }, reply) => reply.code(202).send(await runRetention(ctx, body)),
  );
  app.put(
    '/retention/column',
    {
      schema: {
        tags,
        summary: 'Choose the column that says how old a row is',
        body: SetRetentionColumnInput,
      },
    },
    async ({ ctx, body }, reply) => {
      await setRetentionColumn(ctx, body);
      return reply.code(204).send();
    },
  );
};
