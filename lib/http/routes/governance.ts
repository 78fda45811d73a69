import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { getEffectivePolicy, getPolicy, listPolicies } from '@/lib/governance';

const tags = ['governance'];
const name = z.string().min(1).max(63);

/** Policy documents and what they come to in each domain. */
export const governanceRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/governance/policies',
    { schema: { tags, summary: 'The policies in force' } },
    async ({ ctx }) => ({ policies: await listPolicies(ctx) }),
  );

  app.get(
    '/governance/policies/:name',
    { schema: { tags, summary: 'A policy document', params: z.object({ name }) } },
    ({ ctx, params }) => getPolicy(ctx, params.name),
  );

  app.get(
    '/governance/effective',
    {
      schema: {
        tags,
        summary: 'Effective policies, each value with the document it comes from',
        description: 'Without `domain`: what holds for the whole organisation.',
        querystring: z.object({ domain: name.optional() }),
      },
    },
    ({ ctx, query }) => getEffectivePolicy(ctx, query.domain ?? null),
  );
};
