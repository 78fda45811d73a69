import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  GrantAccessInput,
  grantAccess,
  listGrants,
  productAccess,
  revokeGrant,
} from '@/lib/access';

const tags = ['access'];
const id = z.string().min(1).max(100);
const ProductParams = z.object({ productId: id });

/** Who may read a product, and why. */
export const accessRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/products/:productId/access',
    {
      schema: {
        tags,
        summary: 'Whether you may read a product, why, and who else may',
        params: ProductParams,
      },
    },
    ({ ctx, params }) => productAccess(ctx, params.productId),
  );

  app.get(
    '/products/:productId/grants',
    { schema: { tags, summary: 'A product’s grants and their use', params: ProductParams } },
    async ({ ctx, params }) => ({ grants: await listGrants(ctx, params.productId) }),
  );

  app.post(
    '/products/:productId/grants',
    {
      schema: {
        tags,
        summary: 'Let a person read a product for a purpose',
        params: ProductParams,
        body: GrantAccessInput.omit({ productId: true }),
      },
    },
    async ({ ctx, params, body }, reply) =>
      reply.code(201).send(await grantAccess(ctx, { ...body, ...params })),
  );

  app.delete(
    '/grants/:grantId',
    { schema: { tags, summary: 'Revoke a grant', params: z.object({ grantId: id }) } },
    ({ ctx, params }) => revokeGrant(ctx, params),
  );
};
