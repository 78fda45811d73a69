import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  cancelRun,
  getRun,
  listRuns,
  previewRetire,
  retireProduct,
  retryRun,
  runLogs,
} from '@/lib/provisioning';
import { streamRun } from '../run-stream';

const RunParams = z.object({ id: z.string().min(1).max(100) });
const ProductParams = z.object({ productId: z.string().min(1).max(100) });
const tags = ['runs'];

/** Provisioning and retirement runs: their steps, their log, live. */
export const runRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/runs/:id',
    { schema: { tags, summary: 'A run with its steps and log', params: RunParams } },
    async ({ ctx, params }) => ({
      ...(await getRun(ctx, params.id)),
      logs: await runLogs(ctx, params.id),
    }),
  );

  app.get(
    '/runs/:id/events',
    {
      schema: {
        tags,
        summary: 'The run as it happens (server-sent events)',
        description:
          'Events: `run` (the whole run, whenever it changes), `log` (a log line; its id is the event id), `end`. Send Last-Event-ID to go on after a line.',
        params: RunParams,
      },
    },
    (request, reply) => streamRun(request, reply, request.params.id),
  );

  app.post(
    '/runs/:id/cancel',
    { schema: { tags, summary: 'Cancel a provisioning run', params: RunParams } },
    ({ ctx, params }) => cancelRun(ctx, { runId: params.id }),
  );

  app.post(
    '/runs/:id/retry',
    { schema: { tags, summary: 'Try again: a new run of the same work', params: RunParams } },
    ({ ctx, params }) => retryRun(ctx, { runId: params.id }),
  );

  app.get(
    '/products/:productId/runs',
    {
      schema: {
        tags,
        summary: 'A product’s runs, newest first',
        params: ProductParams,
      },
    },
    async ({ ctx, params }) => ({ runs: await listRuns(ctx, params.productId) }),
  );

  app.get(
    '/products/:productId/retire-preview',
    {
      schema: {
        tags,
        summary: 'What retiring a product would destroy',
        params: ProductParams,
      },
    },
    ({ ctx, params }) => previewRetire(ctx, params.productId),
  );

  app.post(
    '/products/:productId/retire',
    {
      schema: {
        tags,
        summary: 'Retire a product: stop serving it, destroy its files and keys',
        params: ProductParams,
        body: z.object({ confirm: z.string().max(200), force: z.boolean().default(false) }),
      },
    },
    async ({ ctx, params, body }, reply) =>
      reply.code(202).send(await retireProduct(ctx, { productId: params.productId, ...body })),
  );
};
