import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  promoteProduct,
  ReopenDraftInput,
  RollBackInput,
  reopenDraft,
  rollBack,
  StageProductInput,
  stageProduct,
  testProduct,
} from '@/lib/provisioning';
import {
  DeprecateProductInput,
  deleteSample,
  deprecateProduct,
  listSamples,
  listTestRuns,
  productLifecycle,
  Sample,
  saveSample,
  withdrawDeprecation,
} from '@/lib/release';
import { diffSnapshots, listSnapshots } from '@/lib/serving';

const params = z.object({ productId: z.string().min(1).max(100) });
const sampleParams = params.extend({ name: z.string().min(1).max(100) });
const Address = z.object({ domain: z.string().max(63), product: z.string().max(63) });
const tags = ['lifecycle'];
const url = (path: string) => `/products/:productId/${path}`;

/** The tested path to production: gates, suites, releases, snapshots, deprecation (DESIGN §4). */
export const lifecycleRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    url('lifecycle'),
    { schema: { tags, summary: 'Where a product stands and what each gate finds', params } },
    ({ ctx, params: { productId } }) => productLifecycle(ctx, productId),
  );
  app.get(
    url('tests'),
    { schema: { tags, summary: 'Runs of the four suites with their results', params } },
    async ({ ctx, params: { productId } }) => ({ runs: await listTestRuns(ctx, productId) }),
  );
  app.post(
    url('stage'),
    {
      schema: {
        tags,
        summary: 'Load a candidate into staging and test it',
        params,
        body: StageProductInput.omit({ productId: true }),
      },
    },
    async ({ ctx, params: { productId }, body }, reply) =>
      reply.code(202).send(await stageProduct(ctx, { productId, ...body })),
  );
  app.post(
    url('tests'),
    { schema: { tags, summary: 'Run the four suites on what is in staging', params } },
    async ({ ctx, params: { productId } }, reply) =>
      reply.code(202).send(await testProduct(ctx, { productId })),
  );
  app.post(
    url('promote'),
    { schema: { tags, summary: 'Bring what was tested to production', params } },
    async ({ ctx, params: { productId } }, reply) =>
      reply.code(202).send(await promoteProduct(ctx, { productId })),
  );
  app.post(
    url('rollback'),
    {
      schema: {
        tags,
        summary: 'Serve an earlier snapshot at once',
        params,
        body: RollBackInput.omit({ productId: true }),
      },
    },
    ({ ctx, params: { productId }, body }) => rollBack(ctx, { productId, ...body }),
  );
  app.post(
    url('reopen'),
    {
      schema: {
        tags,
        summary: 'Take a product that was never live back to its draft',
        params: ReopenDraftInput,
      },
    },
    async ({ ctx, params: { productId } }, reply) =>
      reply.code(202).send(await reopenDraft(ctx, { productId })),
  );
  await deprecationRoutes(app, {});
  await sampleRoutes(app, {});
  await snapshotRoutes(app, {});
};

const deprecationRoutes: FastifyPluginAsyncZod = async (app) => {
  app.put(
    url('deprecation'),
    {
      schema: {
        tags,
        summary: 'Deprecate a product with a sunset date; its consumers are told',
        params,
        body: DeprecateProductInput.omit({ productId: true }),
      },
    },
    ({ ctx, params: { productId }, body }) => deprecateProduct(ctx, { productId, ...body }),
  );
  app.delete(
    url('deprecation'),
    { schema: { tags, summary: 'Withdraw a deprecation', params } },
    async ({ ctx, params: { productId } }, reply) => {
      await withdrawDeprecation(ctx, { productId });
      return reply.code(204).send();
    },
  );
};

const sampleRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    url('samples'),
    { schema: { tags, summary: 'Sample rows of the unit suite', params } },
    async ({ ctx, params: { productId } }) => ({ samples: await listSamples(ctx, productId) }),
  );
  app.put(
    url('samples/:name'),
    {
      schema: {
        tags,
        summary: 'Keep sample rows and what the transformation has to make of them; tried at once',
        params: sampleParams,
        body: Sample.omit({ name: true }),
      },
    },
    ({ ctx, params: { productId, name }, body }) => saveSample(ctx, { productId, name, ...body }),
  );
  app.delete(
    url('samples/:name'),
    { schema: { tags, summary: 'Remove a sample', params: sampleParams } },
    async ({ ctx, params: { productId, name } }, reply) => {
      await deleteSample(ctx, { productId, name });
      return reply.code(204).send();
    },
  );
};

const snapshotRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    url('snapshots'),
    {
      schema: {
        tags,
        summary: 'A product’s snapshots, newest first, 50 a page',
        params,
        querystring: z.object({
          before: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
        }),
      },
    },
    ({ ctx, params: { productId }, query }) => listSnapshots(ctx, productId, query),
  );
  app.get(
    '/data/:domain/:product/diff',
    {
      schema: {
        tags: ['Data'],
        summary: 'Rows that differ between two snapshots',
        description:
          'from and to are snapshot numbers or times, as asOf has them; staging, as either of them, is what waits for its promotion. By the contract’s key where there is one, else by whole rows. 50 rows a page: go on with offset=next.',
        params: Address,
        querystring: z.object({
          from: z.string().min(1).max(40),
          to: z.string().min(1).max(40),
          offset: z.coerce.number().int().min(0).max(10_000).default(0),
        }),
      },
    },
    (request, reply) => {
      const client = new AbortController();
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) client.abort(new Error('The client left.'));
      });
      return diffSnapshots(request.ctx, {
        ...request.params,
        ...request.query,
        signal: client.signal,
      });
    },
  );
};
