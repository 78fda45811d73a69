import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { catalogRoutes } from './catalog';
import { dataRoutes } from './data';
import { runRoutes } from './runs';

/** Every module's plug-in, mounted below /api/v1: import yours, add a line. */
export const API_ROUTES = {
  catalog: catalogRoutes,
  data: dataRoutes,
  runs: runRoutes,
} satisfies Record<string, FastifyPluginAsyncZod>;
