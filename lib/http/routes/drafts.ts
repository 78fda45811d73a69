import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { reviewReadyDraft } from '@/lib/documentation';
import { CreateDraftInput, createDraft } from '@/lib/products/create-draft';
import { discardDraft } from '@/lib/products/discard-draft';
import { DraftData } from '@/lib/products/draft-data';
import { getDraft, listDrafts } from '@/lib/products/draft-queries';
import { saveDraft } from '@/lib/products/save-draft';
import { listSourceProducts, requireSourceProduct } from '@/lib/products/source-products';
import { PreviewSqlInput, previewDraftSql } from '@/lib/products/sql-preview';
import { checkDraftName, wizardDomains } from '@/lib/products/wizard-options';
import { submitProduct } from '@/lib/provisioning';
import { ruleProblem } from '@/lib/quality';
import { clientSignal } from '../client-signal';

const tags = ['Drafts'];
const Params = z.object({ id: z.string().min(1).max(100) });
const Revision = z.int32().min(1).describe('The revision that the change was made on');

/** Products in the making: what the wizard does, for programs too. */
export const draftRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get('/drafts', { schema: { tags, summary: 'Your drafts' } }, async ({ ctx }) => ({
    drafts: await listDrafts(ctx),
  }));
  app.post(
    '/drafts',
    { schema: { tags, summary: 'Begin a draft from a template', body: CreateDraftInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await createDraft(ctx, body)),
  );
  app.get(
    '/drafts/:id',
    { schema: { tags, summary: 'A draft of yours', params: Params } },
    ({ ctx, params }) => getDraft(ctx, params.id),
  );
  app.put(
    '/drafts/:id',
    {
      schema: {
        tags,
        summary: 'Save a draft',
        description: 'Refused with 409 and the newer draft when somebody saved since `rev`.',
        params: Params,
        body: z.object({ rev: Revision, data: DraftData }),
      },
    },
    ({ ctx, params, body }) => saveDraft(ctx, { draftId: params.id, ...body }),
  );
  app.delete(
    '/drafts/:id',
    { schema: { tags, summary: 'Discard a draft and its file', params: Params } },
    async ({ ctx, params }, reply) => {
      await discardDraft(ctx, { draftId: params.id });
      return reply.code(204).send();
    },
  );
  await app.register(checkRoutes);
};

/** What is known about a draft before it is submitted, and submitting it. */
const checkRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/drafts/:id/review',
    {
      schema: {
        tags,
        summary: 'Fields to mend, plan, findings, what is missing to publish, descriptor',
        params: Params,
      },
    },
    ({ ctx, params }) => reviewReadyDraft(ctx, params.id, { ruleProblem }),
  );
  app.get(
    '/drafts/:id/name',
    {
      schema: {
        tags,
        summary: 'Whether the name is free in the domain',
        params: Params,
        querystring: z.object({ domain: z.string().max(100), name: z.string().max(100) }),
      },
    },
    ({ ctx, params, query }) => checkDraftName(ctx, { draftId: params.id, ...query }),
  );
  app.post(
    '/drafts/:id/preview',
    {
      schema: {
        tags,
        summary: 'First rows of a SQL transformation',
        params: Params,
        body: PreviewSqlInput.omit({ draftId: true }),
      },
    },
    (request, reply) => {
      const input = { draftId: request.params.id, ...request.body };
      return previewDraftSql(request.ctx, input, clientSignal(reply));
    },
  );
  app.post(
    '/drafts/:id/submit',
    {
      schema: {
        tags,
        summary: 'Make the product: all of it, or nothing and what to mend',
        params: Params,
        body: z.object({ rev: Revision }),
      },
    },
    async ({ ctx, params, body }, reply) =>
      reply.code(202).send(await submitProduct(ctx, { draftId: params.id, ...body })),
  );
  app.get(
    '/draft-domains',
    { schema: { tags, summary: 'Where you may create products' } },
    async ({ ctx }) => ({
      domains: await wizardDomains(ctx),
    }),
  );
  app.get(
    '/draft-sources',
    {
      schema: {
        tags,
        summary: 'Products that you may build on',
        querystring: z.object({ q: z.string().max(100).optional() }),
      },
    },
    async ({ ctx, query }) => ({ products: await listSourceProducts(ctx, query.q) }),
  );
  app.get(
    '/draft-sources/:domain/:product',
    {
      schema: {
        tags,
        summary: 'A product as a source, with its columns',
        params: z.object({ domain: z.string().max(63), product: z.string().max(63) }),
      },
    },
    ({ ctx, params }) => requireSourceProduct(ctx, `${params.domain}/${params.product}`),
  );
};
