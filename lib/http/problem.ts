import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type AppError, HTTP_STATUS, isAppError, log } from '@/lib/core';

interface FieldProblem {
  detail: string;
  /** JSON pointer into the body. */
  pointer?: string;
  /** Name of the query, path or header parameter. */
  parameter?: string;
}

/** RFC 9457 problem details, with Portolan's members: code, requestId and errors. */
interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  requestId: string;
  errors?: FieldProblem[];
  [extension: string]: unknown;
}

const RESERVED = new Set(['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId']);

function pointerTo(path: string): string {
  const segments = path.split(/[./]/).filter(Boolean);
  return `/${segments.map((part) => part.replaceAll('~', '~0')).join('/')}`;
}

function base(request: FastifyRequest, status: number, code: string, detail: string): Problem {
  const instance = request.url.split('?', 1)[0]!;
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail, instance, code, requestId: request.id };
}

function appProblem(request: FastifyRequest, error: AppError): Problem {
  const { fields, ...rest } = error.details;
  const problem = base(request, HTTP_STATUS[error.code], error.code, error.message);
  for (const [key, value] of Object.entries(rest)) if (!RESERVED.has(key)) problem[key] = value;
  if (fields) {
    problem.errors = Object.entries(fields).map(([path, detail]) => ({
      pointer: pointerTo(path),
      detail,
    }));
  }
  return problem;
}

const PLACES: Record<string, string> = {
  querystring: 'query parameter',
  params: 'path parameter',
  headers: 'header',
};

function validationProblem(
  request: FastifyRequest,
  error: FastifyError & { validation: { instancePath: string; message?: string }[] },
): Problem {
  const place = PLACES[error.validationContext ?? 'body'];
  const errors = error.validation.map(({ instancePath, message = 'Not valid' }): FieldProblem => {
    if (!place) return { pointer: pointerTo(instancePath), detail: message };
    return { parameter: instancePath.split('/').filter(Boolean).join('.'), detail: message };
  });
  const first = errors[0]!;
  const where = place
    ? `${place} ${first.parameter}`
    : first.pointer === '/'
      ? 'body'
      : `field ${first.pointer}`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  const detail = `The ${where} is not valid: ${first.detail}${more}`;
  return { ...base(request, 400, 'invalid', detail), errors };
}

/** What Fastify itself refuses (RFC 9110 statuses), in words for the caller. */
function protocolDetail(error: FastifyError, status: number): string {
  if (error instanceof SyntaxError || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY') {
    return `The body is not valid JSON: ${error.message}`;
  }
  if (error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'The body is empty. Send a JSON object.';
  if (status === 413) return 'The body is larger than this address accepts. Send less.';
  if (status === 415) return 'This address reads application/json. Set the Content-Type header.';
  return error.message;
}

function problemOf(request: FastifyRequest, error: FastifyError): Problem {
  if (isAppError(error)) return appProblem(request, error);
  if (hasZodFastifySchemaValidationErrors(error)) {
    return validationProblem(request, error as Parameters<typeof validationProblem>[1]);
  }
  if (error instanceof z.ZodError) {
    const validation = error.issues.map(({ path, message }) => ({
      instancePath: `/${path.join('/')}`,
      message,
    }));
    return validationProblem(request, Object.assign(error as never, { validation }));
  }
  const status = error instanceof SyntaxError ? 400 : (error.statusCode ?? 500);
  if (status >= 400 && status < 500) {
    const code = status === 413 ? 'too_large' : 'invalid';
    return base(request, status, code, protocolDetail(error, status));
  }
  log().error({ err: error, requestId: request.id, url: request.url }, 'request failed');
  const detail = `Something failed on our side. Give the request id ${request.id} to whoever runs this portal.`;
  return base(request, 500, 'internal', detail);
}

function send(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="portolan"');
  const { retryAfterS } = problem;
  if (typeof retryAfterS === 'number') reply.header('retry-after', Math.ceil(retryAfterS));
  // The header that an allowed read carries too: the row of the audit log that the answer stands on.
  const { decisionId } = problem;
  if (typeof decisionId === 'string') reply.header('x-portolan-decision', decisionId);
  const text = JSON.stringify(problem, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return reply
    .code(problem.status)
    .header('x-request-id', request.id)
    .type('application/problem+json; charset=utf-8')
    .serializer((payload: string) => payload)
    .send(text);
}

/** The API's only error translator. */
export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  return send(request, reply, problemOf(request, error));
}

export function sendUnknownRoute(request: FastifyRequest, reply: FastifyReply) {
  const problem = base(request, 404, 'not_found', `No route answers ${request.method} here.`);
  problem.hint = 'The routes are listed in /api/v1/openapi.json.';
  return send(request, reply, problem);
}
