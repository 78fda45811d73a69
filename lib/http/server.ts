import type { IncomingMessage, ServerResponse } from 'node:http';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  type FastifyPluginAsyncZod,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { AppError, type Ctx, env, newId, requireStorable } from '@/lib/core';
import { forwardOrigin, PATH_HEADER } from './origin';
import { sendError, sendUnknownRoute } from './problem';
import { ctxFromRequest } from './request-ctx';
import { API_ROUTES } from './routes';
import { healthRoutes } from './routes/health';

declare module 'fastify' {
  interface FastifyRequest {
    ctx: Ctx;
  }
  interface FastifyContextConfig {
    /** Answers people who are not signed in too. */
    isPublic?: boolean;
  }
}

/** Answers whatever is not the API: Next's request handler. */
type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const JSON_BODY_BYTES = 1_048_576;

/** @param routes the plug-ins below /api/v1; tests add their own */
export async function buildServer(
  pages?: PageHandler,
  routes: Record<string, FastifyPluginAsyncZod> = API_ROUTES,
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    genReqId: newId,
    trustProxy: env().PORTOLAN_TRUST_PROXY,
    bodyLimit: JSON_BODY_BYTES,
    // Long enough for a 2 GB upload; headers must arrive within Node's own 60 s.
    requestTimeout: 3_600_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: sendError as never,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(sendError);
  // Bodies are parsed inside the API alone: Next reads its requests itself.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.setNotFoundHandler((request, reply) => toPages(request, reply, pages));
  await app.register(healthRoutes);
  await app.register((scope) => api(scope, routes), { prefix: '/api/v1' });
  return app;
}

async function toPages(request: FastifyRequest, reply: FastifyReply, pages?: PageHandler) {
  if (!pages) return sendUnknownRoute(request, reply);
  forwardOrigin(request.raw, request.ip);
  request.raw.headers[PATH_HEADER] = request.url;
  reply.hijack();
  await pages(request.raw, reply.raw);
}

async function api(
  scope: FastifyInstance,
  routes: Record<string, FastifyPluginAsyncZod>,
): Promise<void> {
  scope.removeAllContentTypeParsers();
  const parseJson = scope.getDefaultJsonParser('error', 'error');
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: JSON_BODY_BYTES },
    parseJson,
  );
  await scope.register(swagger, {
    openapi: {
      info: {
        title: 'Portolan',
        version: '1',
        description: 'Find, read, create and govern data products. Errors are RFC 9457 problems.',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'A personal API token' },
        },
      },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
  });
  scope.decorateRequest('ctx', null as never);
  scope.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    const { headers, method, id, ip, url: address } = request;
    request.ctx = await ctxFromRequest({ headers, method, address, requestId: id, ip });
    // Before a body is read; verbs and queries ask again, and for more.
    const mustSignIn = !request.is404 && !request.routeOptions.config.isPublic;
    if (mustSignIn && request.ctx.actor.type === 'anonymous') {
      throw new AppError(
        'unauthenticated',
        'Sign in, or send "Authorization: Bearer <token>"; tokens are made under Settings → API tokens.',
      );
    }
  });
  scope.addHook('preValidation', async ({ params, query, body }) => {
    // Copies: the router's own objects have a prototype of theirs.
    for (const part of [{ ...(params as object) }, { ...(query as object) }, body]) {
      requireStorable(part);
    }
  });
  scope.setNotFoundHandler(sendUnknownRoute);
  const typed = scope.withTypeProvider<ZodTypeProvider>();
  typed.get('/openapi.json', { schema: { hide: true }, config: { isPublic: true } }, () =>
    scope.swagger(),
  );
  for (const plugin of Object.values(routes)) await typed.register(plugin);
}
