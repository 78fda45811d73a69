import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { productAt } from '@/lib/community';
import {
  CertificationPage,
  CertifyProductInput,
  certifyProduct,
  productCertification,
  RenewCertificationInput,
  renewCertification,
  WithdrawCertificationInput,
  withdrawCertification,
} from '@/lib/governance';

const tags = ['Certification'];
const params = z.object({ domain: z.string().max(63), product: z.string().max(63) });
const Id = z.object({ id: z.string().min(1).max(100) });

/** What stewards say of products, until a day. */
export const certificationRoutes: FastifyPluginAsyncZod = async (app) => {
  const base = '/products/:domain/:product/certification';

  app.get(
    base,
    {
      schema: {
        ...{ tags, params, summary: 'How a product is certified, and was, newest first' },
        querystring: CertificationPage,
      },
    },
    async ({ ctx, params: { domain, product }, query }) =>
      productCertification(ctx, await productAt(ctx, domain, product), query),
  );
  app.post(
    base,
    {
      schema: {
        ...{ tags, params, summary: 'Certify a live product' },
        body: CertifyProductInput.omit({ productId: true }),
      },
    },
    async ({ ctx, params: { domain, product }, body }, reply) => {
      const productId = await productAt(ctx, domain, product);
      return reply.code(201).send(await certifyProduct(ctx, { ...body, productId }));
    },
  );
  app.post(
    '/certifications/:id/renew',
    {
      schema: {
        ...{ tags, params: Id, summary: 'Renew a certification that stands' },
        body: RenewCertificationInput.omit({ certificationId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) =>
      reply.code(201).send(await renewCertification(ctx, { ...body, certificationId: id })),
  );
  app.post(
    '/certifications/:id/withdraw',
    {
      schema: {
        ...{ tags, params: Id, summary: 'Withdraw a certification' },
        body: WithdrawCertificationInput.omit({ certificationId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await withdrawCertification(ctx, { ...body, certificationId: id });
      return reply.code(204).send();
    },
  );
};
