import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  ContractOntoInput,
  contractOnto,
  ProposeContractInput,
  proposeContract,
} from '@/lib/interop';
import {
  AcknowledgeChangeInput,
  acknowledgeChange,
  activateVersion,
  CheckChangeInput,
  checkChange,
  diffVersions,
  EndVersionInput,
  endVersion,
  followNewest,
  listVersions,
  OverrideGateInput,
  oldVersions,
  openChange,
  overrideGate,
  withdrawChange,
} from '@/lib/provisioning/versions';

const id = z.string().min(1).max(100);
const ProductParams = z.object({ productId: id });
const VersionParams = z.object({ versionId: id });
const tags = ['versions'];

/** The versions of a product's contract: their history, an open change and its gate, old versions until their sunset. */
export const versionRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofProduct = (summary: string) => ({ tags, summary, params: ProductParams });
  const ofVersion = (summary: string) => ({ tags, summary, params: VersionParams });
  const url = '/products/:productId/versions';
  const one = '/contract-versions/:versionId';

  app.get(
    url,
    { schema: ofProduct('A contract’s versions, newest first, and those that still answer') },
    async ({ ctx, params: { productId } }) => ({
      versions: await listVersions(ctx, productId),
      deprecated: await oldVersions(ctx, productId),
    }),
  );
  app.get(
    `${url}/open`,
    { schema: ofProduct('The change that is open: its diff, its gate, who has acknowledged') },
    async ({ ctx, params }) => ({ change: await openChange(ctx, params.productId) }),
  );
  app.post(
    `${url}/check`,
    {
      schema: {
        ...ofProduct('What a changed contract would mean; nothing is written'),
        body: CheckChangeInput.omit({ productId: true }),
      },
    },
    ({ ctx, params, body }) => checkChange(ctx, { ...body, ...params }),
  );
  app.post(
    `${url}/from-document`,
    {
      schema: {
        ...ofProduct('What an ODCS, ODPS or DataProduct document would make of the contract'),
        description: 'The answer’s `yaml` is what to check and propose. Nothing is kept.',
        body: ContractOntoInput.omit({ productId: true }),
      },
    },
    ({ ctx, params, body }) => contractOnto(ctx, { ...body, ...params }),
  );
  app.post(
    url,
    {
      schema: {
        ...ofProduct('Propose a change of the contract'),
        body: ProposeContractInput.omit({ productId: true }),
      },
    },
    async ({ ctx, params, body }, reply) =>
      reply.code(201).send(await proposeContract(ctx, { ...body, ...params })),
  );
  app.get(
    `${one}/diff`,
    {
      schema: {
        ...ofVersion('Two versions compared: from this one to another'),
        querystring: z.object({ to: id }),
      },
    },
    ({ ctx, params, query }) => diffVersions(ctx, params.versionId, query.to),
  );
  app.post(
    `${one}/acknowledge`,
    {
      schema: {
        ...ofVersion('Acknowledge a breaking change as one of its consumers'),
        body: AcknowledgeChangeInput.omit({ versionId: true }),
      },
    },
    ({ ctx, params, body }) => acknowledgeChange(ctx, { ...body, ...params }),
  );
  app.post(
    `${one}/override`,
    {
      schema: {
        ...ofVersion('Open the gate with a reason'),
        body: OverrideGateInput.omit({ versionId: true }),
      },
    },
    ({ ctx, params, body }) => overrideGate(ctx, { ...body, ...params }),
  );
  app.post(`${one}/withdraw`, { schema: ofVersion('Take a proposal back') }, ({ ctx, params }) =>
    withdrawChange(ctx, params),
  );
  app.post(
    `${one}/activate`,
    { schema: ofVersion('Put a proposed version in force') },
    async ({ ctx, params }, reply) => reply.code(202).send(await activateVersion(ctx, params)),
  );
  app.post(
    `${one}/end`,
    {
      schema: {
        ...ofVersion('End a deprecated version before its day'),
        body: EndVersionInput.omit({ versionId: true }),
      },
    },
    ({ ctx, params, body }) => endVersion(ctx, { ...body, ...params }),
  );
  app.post(
    '/products/:productId/inputs/:sourceId/follow',
    {
      schema: {
        tags,
        summary: 'Read the newest version of a source again, in place of an older one',
        params: z.object({ productId: id, sourceId: id }),
      },
    },
    ({ ctx, params }) => followNewest(ctx, params),
  );
};
