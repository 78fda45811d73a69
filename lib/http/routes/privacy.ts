import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  DecidePrivacyRequestInput,
  decidePrivacyRequest,
  ExtendPrivacyRequestInput,
  extendPrivacyRequest,
  getPrivacyRequest,
  listHolds,
  listPrivacyRequests,
  openArchive,
  PlaceHoldInput,
  PrivacyFilter,
  placeHold,
  ReceivePrivacyRequestInput,
  ReleaseHoldInput,
  receivePrivacyRequest,
  releaseHold,
  VerifyReceiptInput,
  verifyReceipt,
} from '@/lib/compliance';
import { signingJwk } from '@/lib/core';

const tags = ['privacy'];
const Params = z.object({ id: z.string().min(1).max(100) });

/** Requests of people under GDPR and CCPA, legal holds, and receipts that anybody can verify. */
export const privacyRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/privacy/requests',
    { schema: { tags, summary: 'Privacy requests, newest first', querystring: PrivacyFilter } },
    ({ ctx, query }) => listPrivacyRequests(ctx, query),
  );
  app.post(
    '/privacy/requests',
    {
      schema: {
        tags,
        summary: 'Take a request in; the search begins at once',
        body: ReceivePrivacyRequestInput,
      },
    },
    async ({ ctx, body }, reply) => reply.code(202).send(await receivePrivacyRequest(ctx, body)),
  );
  app.get(
    '/privacy/requests/:id',
    {
      schema: {
        tags,
        summary: 'A request, where the person was found, its receipt',
        params: Params,
      },
    },
    ({ ctx, params }) => getPrivacyRequest(ctx, params.id),
  );
  app.post(
    '/privacy/requests/:id/decision',
    {
      schema: {
        tags,
        summary: 'Carry a request out, reject it, or search again',
        params: Params,
        body: DecidePrivacyRequestInput.omit({ requestId: true }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await decidePrivacyRequest(ctx, { requestId: params.id, ...body });
      return reply.code(202).send(await getPrivacyRequest(ctx, params.id));
    },
  );
  app.post(
    '/privacy/requests/:id/extension',
    {
      schema: {
        tags,
        summary: 'Move the law’s last day, once, with a reason',
        params: Params,
        body: ExtendPrivacyRequestInput.omit({ requestId: true }),
      },
    },
    async ({ ctx, params, body }) => {
      await extendPrivacyRequest(ctx, { requestId: params.id, ...body });
      return getPrivacyRequest(ctx, params.id);
    },
  );
  app.get(
    '/privacy/requests/:id/archive',
    { schema: { tags, summary: 'The person’s data as one ZIP archive', params: Params } },
    async ({ ctx, params }, reply) => {
      const { body, sizeBytes, fileName } = await openArchive(ctx, params.id);
      return reply
        .type('application/zip')
        .header('content-length', sizeBytes)
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .send(body);
    },
  );
  app.post(
    '/privacy/receipts/verify',
    {
      schema: {
        tags,
        summary: 'Whether a receipt was signed here and is unchanged',
        body: VerifyReceiptInput,
      },
    },
    ({ ctx, body }) => verifyReceipt(ctx, body),
  );
  app.get(
    '/privacy/keys',
    {
      schema: { tags, summary: 'The public key of receipts and checkpoints (JWK set)' },
      config: { isPublic: true },
    },
    async () => ({ keys: [await signingJwk()] }),
  );
  app.get(
    '/privacy/holds',
    { schema: { tags, summary: 'Legal holds in force' } },
    async ({ ctx }) => ({ holds: await listHolds(ctx) }),
  );
  app.post(
    '/privacy/holds',
    { schema: { tags, summary: 'Place a legal hold', body: PlaceHoldInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await placeHold(ctx, body)),
  );
  app.post(
    '/privacy/holds/:id/release',
    {
      schema: {
        tags,
        summary: 'Release a legal hold',
        params: Params,
        body: ReleaseHoldInput.omit({ holdId: true }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await releaseHold(ctx, { holdId: params.id, ...body });
      return reply.code(204).send();
    },
  );
};
