import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Ctx } from '@/lib/core';
import {
  ActivityPage,
  documentationMarkdown,
  productActivity,
  productDocumentation,
  productReadiness,
  SaveDocumentationInput,
  saveDocumentation,
} from '@/lib/documentation';
import { productPage } from '@/lib/serving';

const tags = ['Products'];
const params = z.object({ domain: z.string().max(63), product: z.string().max(63) });
type Address = z.infer<typeof params>;

const idOf = async (ctx: Ctx, { domain, product }: Address) =>
  (await productPage(ctx, domain, product)).id;

/** What is told about a product: its documentation, what is missing in it, where it stands, what happened. */
export const documentationRoutes: FastifyPluginAsyncZod = async (app) => {
  const base = '/products/:domain/:product';
  const schema = (summary: string) => ({ tags, params, summary });
  app.get(
    `${base}/documentation`,
    { schema: schema('The Markdown of a product, its examples and its changelog') },
    async ({ ctx, params: at }) => productDocumentation(ctx, await idOf(ctx, at)),
  );
  app.put(
    `${base}/documentation`,
    {
      schema: {
        ...schema('Write the documentation anew and run its examples'),
        body: SaveDocumentationInput.omit({ productId: true }),
      },
    },
    async ({ ctx, params: at, body }) =>
      saveDocumentation(ctx, { ...body, productId: await idOf(ctx, at) }),
  );
  app.get(
    `${base}/documentation.md`,
    { schema: schema('The documentation as one Markdown file, generated parts filled in') },
    async ({ ctx, params: { domain, product } }, reply) => {
      const text = await documentationMarkdown(ctx, domain, product);
      return reply
        .type('text/markdown; charset=utf-8')
        .header('content-disposition', `attachment; filename="${domain}-${product}.md"`)
        .serializer((body: string) => body)
        .send(text);
    },
  );
  app.get(
    `${base}/readiness`,
    { schema: schema('What is missing before a product is fit to be published') },
    async ({ ctx, params: at }) => productReadiness(ctx, await idOf(ctx, at)),
  );
  app.get(
    `${base}/activity`,
    { schema: { ...schema('What happened with a product'), querystring: ActivityPage } },
    async ({ ctx, params: at, query }) => productActivity(ctx, await idOf(ctx, at), query),
  );
};
