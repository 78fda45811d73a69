import type { FastifyInstance, InjectOptions } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, startHeartbeat } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { buildServer } from './server';

useTestDatabase();

const probes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, isPublic: true };
  });
  const body = z.object({ name: z.string().min(3), tags: z.array(z.string()).optional() });
  app.post('/probe', { schema: { body } }, async (request) => ({ name: request.body.name }));
  const querystring = z.object({ limit: z.coerce.number().int().max(10) });
  app.get('/probe', { schema: { querystring } }, async (request) => request.query);
  app.get('/probe/app-error', async () => {
    throw new AppError('conflict', 'Taken.', { fields: { 'a.0': 'No.' }, hint: 'x', status: 7 });
  });
  app.get('/probe/crash', async () => {
    throw new Error('the secret is squid');
  });
  app.get('/probe/limited', async () => {
    throw new AppError('rate_limited', 'Too often.', { retryAfterS: 12.3 });
  });
};

describe('buildServer', () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await buildServer(undefined, { probes });
  });
  afterAll(() => app.close());

  const problem = async (options: InjectOptions) => {
    const response = await app.inject(options);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    return { status: response.statusCode, headers: response.headers, ...response.json() };
  };
  const post = (payload: unknown, headers: Record<string, string> = {}) =>
    problem({
      method: 'POST',
      url: '/api/v1/probe',
      headers: { 'content-type': 'application/json', ...headers },
      payload: payload as string,
    });

  it('points at the field of a body that is wrong', async () => {
    const found = await post({ name: 'ab', tags: [1] });
    expect(found).toMatchObject({ status: 400, code: 'invalid', instance: '/api/v1/probe' });
    expect(found.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      '/name',
      '/tags/0',
    ]);
  });

  it('names the query parameter that is wrong', async () => {
    const found = await problem({ url: '/api/v1/probe?limit=11' });
    expect(found.errors).toEqual([{ parameter: 'limit', detail: expect.any(String) }]);
  });

  it('explains malformed JSON, an empty body, another media type and a large body', async () => {
    expect(await post('{"name":')).toMatchObject({ status: 400, code: 'invalid' });
    expect(await post('{"__proto__":{}}')).toMatchObject({ status: 400 });
    expect(await post('')).toMatchObject({ status: 400, detail: expect.stringMatching(/empty/) });
    expect(await post('<a/>', { 'content-type': 'text/xml' })).toMatchObject({ status: 415 });
    expect(await post({ name: 'x'.repeat(1_100_000) })).toMatchObject({
      status: 413,
      code: 'too_large',
    });
  });

  it('answers an AppError with its status, fields and details, never overwriting its own members', async () => {
    expect(await problem({ url: '/api/v1/probe/app-error' })).toMatchObject({
      status: 409,
      code: 'conflict',
      detail: 'Taken.',
      hint: 'x',
      errors: [{ pointer: '/a/0', detail: 'No.' }],
    });
  });

  it('says when to come back', async () => {
    const found = await problem({ url: '/api/v1/probe/limited' });
    expect(found).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(found.headers['retry-after']).toBe('13');
  });

  it('hides what an unexpected error says and gives the request id', async () => {
    const found = await problem({ url: '/api/v1/probe/crash' });
    expect(found).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(found)).not.toContain('squid');
    expect(found.detail).toContain(found.requestId);
    expect(found.headers['x-request-id']).toBe(found.requestId);
  });

  it('answers an unknown route, method and malformed address with a problem', async () => {
    expect(await problem({ url: '/api/v1/nothing' })).toMatchObject({ status: 404 });
    expect(await problem({ method: 'DELETE', url: '/api/v1/probe' })).toMatchObject({
      status: 404,
    });
    expect(await problem({ url: '/api/v1/probe/%zz' })).toMatchObject({ status: 400 });
  });

  it('refuses a token nobody has and an Authorization header of another kind', async () => {
    for (const authorization of ['Bearer ptl_nobody', 'Bearer x', 'Basic eDp5', 'Bearer']) {
      const found = await problem({ url: '/api/v1/probe?limit=1', headers: { authorization } });
      expect(found).toMatchObject({ status: 401, code: 'unauthenticated' });
      expect(found.headers['www-authenticate']).toContain('Bearer');
    }
  });

  it('describes itself', async () => {
    const document = (await app.inject('/api/v1/openapi.json')).json();
    expect(document.openapi).toMatch(/^3/);
    expect(Object.keys(document.paths)).toContain('/api/v1/probe');
  });

  it('is healthy exactly while a worker reports', async () => {
    const before = await app.inject('/healthz');
    expect(before.statusCode).toBe(503);
    expect(before.json()).toMatchObject({ status: 'failing', database: 'ok' });
    const stop = await startHeartbeat('worker');
    expect((await app.inject('/healthz')).json()).toEqual({
      status: 'ok',
      web: 'ok',
      worker: 'ok',
      database: 'ok',
    });
    await stop();
    expect((await app.inject('/healthz')).statusCode).toBe(503);
  });
});

describe('pages', () => {
  it('get everything that is not the API, with the origin we vouch for', async () => {
    const app = await buildServer(async (request, response) => {
      response.end(JSON.stringify({ url: request.url, headers: request.headers }));
    });
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const response = await fetch(`${address}/anything?x=1`, {
      method: 'POST',
      body: 'raw',
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '9.9.9.9' },
    });
    const { url, headers } = (await response.json()) as {
      url: string;
      headers: Record<string, string>;
    };
    expect(url).toBe('/anything?x=1');
    expect(headers['x-forwarded-host']).toBe(new URL(address).host);
    expect(headers['x-forwarded-proto']).toBe('http');
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
    await app.close();
  });
});
