import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { UnsubscribeInput, unsubscribe } from '@/lib/alerts';

const Query = z.object({ token: z.string().max(2000), what: UnsubscribeInput.shape.what });

/** The button of mail programs (RFC 8058): a form is posted to the address in the message, by nobody who is signed in. */
export const unsubscribeRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'string', bodyLimit: 4096 },
    // It says no more than the address does.
    (_request, _body, done) => done(null, undefined),
  );
  app.post(
    '/unsubscribe',
    {
      config: { isPublic: true },
      schema: {
        tags: ['inbox'],
        summary: 'Stop e-mail, by the signed link in a message; without signing in',
        querystring: Query,
        security: [],
      },
    },
    async ({ ctx, query }, reply) => {
      await unsubscribe(ctx, query);
      return reply.code(204).send();
    },
  );
};
