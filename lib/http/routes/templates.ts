import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { listTemplates } from '@/lib/products/template-queries';

/** Data product templates and whether their drivers are there. */
export const templateRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/templates',
    { schema: { tags: ['Templates'], summary: 'Templates, and which can be used' } },
    async ({ ctx }) => ({ templates: await listTemplates(ctx) }),
  );
};
