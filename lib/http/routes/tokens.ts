import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  CreateApiTokenInput,
  createApiToken,
  listApiTokens,
  RevokeApiTokenInput,
  revokeApiToken,
} from '@/lib/auth';

const tags = ['API tokens'];

export const tokenRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get('/tokens', { schema: { tags, summary: 'Your API tokens' } }, async ({ ctx }) => ({
    tokens: await listApiTokens(ctx),
  }));
  app.post(
    '/tokens',
    {
      schema: {
        tags,
        summary: 'Create an API token',
        description: 'The answer is the only place where the token itself is ever shown.',
        body: CreateApiTokenInput,
      },
    },
    async ({ ctx, body }, reply) => reply.code(201).send(await createApiToken(ctx, body)),
  );
  app.delete(
    '/tokens/:tokenId',
    { schema: { tags, summary: 'Revoke an API token', params: RevokeApiTokenInput } },
    async ({ ctx, params }, reply) => {
      await revokeApiToken(ctx, params);
      return reply.code(204).send();
    },
  );
};
