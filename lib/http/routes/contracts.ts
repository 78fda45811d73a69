import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  CheckContractInput,
  ContractQuery,
  checkContract,
  ImportContractInput,
  importContract,
  productContract,
} from '@/lib/interop';

const tags = ['Contracts'];
const Address = z.object({ domain: z.string().max(63), product: z.string().max(63) });

/** Contracts in the formats of the outside world: in, checked, and out. */
export const contractRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/contracts/lint',
    {
      schema: {
        tags,
        summary: 'Check a contract: ODCS, ODPS or DataProduct, told by its content',
        description: 'Every finding has its line and column. Nothing is kept.',
        body: CheckContractInput,
      },
    },
    async ({ ctx, body }) => checkContract(ctx, body),
  );
  app.post(
    '/drafts/import',
    {
      schema: {
        tags: ['Drafts'],
        summary: 'Begin a draft from an ODCS, ODPS or DataProduct document',
        body: ImportContractInput,
      },
    },
    async ({ ctx, body }, reply) => reply.code(201).send(await importContract(ctx, body)),
  );
  app.get(
    '/products/:domain/:product/contract',
    {
      schema: {
        tags,
        summary: "A product's contract as ODCS, ODPS or DataProduct, as JSON",
        params: Address,
        querystring: ContractQuery,
      },
    },
    async ({ ctx, params, query }) =>
      (await productContract(ctx, params.domain, params.product, query)).document,
  );
  app.get(
    '/products/:domain/:product/contract.yaml',
    {
      schema: {
        tags,
        summary: "A product's contract as a YAML file",
        params: Address,
        querystring: ContractQuery,
      },
    },
    async ({ ctx, params, query }, reply) => {
      const { domain, product } = params;
      const { yaml } = await productContract(ctx, domain, product, query);
      const { format, version } = query;
      const file = [`${domain}-${product}`, ...(version ? [version] : []), format, 'yaml'].join(
        '.',
      );
      return reply
        .type('application/yaml; charset=utf-8')
        .header('content-disposition', `attachment; filename="${file}"`)
        .serializer((text: string) => text)
        .send(yaml);
    },
  );
};
