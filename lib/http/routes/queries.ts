import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  DownloadQueryInput,
  deleteQuery,
  downloadQuery,
  LIMITS,
  QueryHistoryInput,
  queryableProducts,
  queryHistory,
  RunQueryInput,
  restoreQuery,
  runQuery,
  SaveQueryInput,
  savedQueries,
  savedQuery,
  saveQuery,
  UpdateQueryInput,
  updateQuery,
} from '@/lib/workbench';
import { clientSignal } from '../client-signal';

const tags = ['Queries'];
const Params = z.object({ id: z.string().min(1).max(100) });

/** SQL over granted products together (docs/guide/workbench.md). */
export const queryRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/queries',
    {
      schema: {
        tags,
        summary: 'Run one SELECT over products, written as domain.product',
        description: [
          'Answers NDJSON: a line of kind head (columns, products, snapshots), lines of kind page (rows as arrays),',
          'then end or error. Closing the connection cancels the query.',
          `At most ${LIMITS.rows.toLocaleString('en')} rows and ${LIMITS.timeMs / 1000} s of work.`,
          'What is wrong before the first row is an ordinary problem, with line and column where known.',
        ].join(' '),
        body: RunQueryInput,
      },
    },
    async (request, reply) => {
      const lines = await runQuery(request.ctx, request.body, clientSignal(reply));
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(lines, { objectMode: false }));
    },
  );
  app.post(
    '/queries/download',
    {
      schema: {
        tags,
        summary: 'The whole result of a SELECT as a file: csv, json or parquet',
        description: `Every product is decided as a download. At most ${LIMITS.downloadRows.toLocaleString('en')} rows.`,
        body: DownloadQueryInput,
      },
    },
    async (request, reply) => {
      const { headers, stream } = await downloadQuery(
        request.ctx,
        request.body,
        clientSignal(reply),
      );
      return reply.headers(headers).send(stream);
    },
  );
  app.get(
    '/queries/history',
    { schema: { tags, summary: 'Your own queries, newest first', querystring: QueryHistoryInput } },
    ({ ctx, query }) => queryHistory(ctx, query),
  );
  app.get(
    '/queries/products',
    {
      schema: {
        tags,
        summary: 'Products that you may query, with their columns',
        querystring: z.object({ q: z.string().max(100).optional() }),
      },
    },
    ({ ctx, query }) => queryableProducts(ctx, query.q),
  );
  await app.register(savedRoutes);
};

const savedRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/queries/saved',
    { schema: { tags, summary: 'Your saved queries, and those that your domains share' } },
    async ({ ctx }) => ({ queries: await savedQueries(ctx) }),
  );
  app.post(
    '/queries/saved',
    { schema: { tags, summary: 'Save a query', body: SaveQueryInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await saveQuery(ctx, body)),
  );
  app.get(
    '/queries/saved/:id',
    { schema: { tags, summary: 'A saved query', params: Params } },
    ({ ctx, params }) => savedQuery(ctx, params.id),
  );
  app.patch(
    '/queries/saved/:id',
    {
      schema: {
        tags,
        summary: 'Change a saved query of yours',
        params: Params,
        body: UpdateQueryInput.omit({ queryId: true }),
      },
    },
    ({ ctx, params, body }) => updateQuery(ctx, { queryId: params.id, ...body }),
  );
  app.delete(
    '/queries/saved/:id',
    { schema: { tags, summary: 'Delete a saved query of yours', params: Params } },
    async ({ ctx, params }, reply) => {
      await deleteQuery(ctx, { queryId: params.id });
      return reply.code(204).send();
    },
  );
  app.post(
    '/queries/saved/:id/restore',
    { schema: { tags, summary: 'Bring a deleted query of yours back', params: Params } },
    ({ ctx, params }) => restoreQuery(ctx, { queryId: params.id }),
  );
};
