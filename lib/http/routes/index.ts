import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';

/** Every module's plug-in, mounted below /api/v1: import yours, add a line. */
export const API_ROUTES = {} satisfies Record<string, FastifyPluginAsyncZod>;
