import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken, sessionCookieFor } from '@/lib/auth';
import { setEnv, type TokenScope } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import { buildServer } from '../server';
import { authRoutes } from './auth';
import { domainRoutes } from './domains';
import { peopleRoutes } from './people';
import { tokenRoutes } from './tokens';

useTestDatabase();

let app: FastifyInstance;
beforeAll(async () => {
  setEnv({ PORTOLAN_AUTH_SECRET: 'a-secret-for-tests-of-32-characters!' });
  app = await buildServer(undefined, {
    auth: authRoutes,
    domains: domainRoutes,
    people: peopleRoutes,
    tokens: tokenRoutes,
  });
});
afterAll(() => app.close());

async function tokenOf(user: { id: string }, scopes: TokenScope[]): Promise<string> {
  const made = await createApiToken(await ctxOf(user), { name: 'test', scopes, expiresInDays: 1 });
  return made.token;
}

const caller =
  (token: string | null) =>
  async (method: InjectOptions['method'], path: string, payload?: object) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const url = `/api/v1${path}`;
    const response = await app.inject({ method, url, headers, ...(payload && { payload }) });
    const body = response.body ? response.json() : null;
    return { status: response.statusCode, body };
  };

describe('the API of people, tokens and domains', () => {
  it('takes an admin from a token to a domain with a member', async () => {
    const call = caller(
      await tokenOf(await makeUser({ platformRoles: ['platform_admin'] }), ['admin']),
    );
    const person = { email: 'new@example.com', name: 'New', platformRoles: [] };
    expect((await call('POST', '/people', person)).status).toBe(201);
    expect(await call('POST', '/people', person)).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/email' }] },
    });
    const created = await call('POST', '/domains', { name: 'sales', title: 'Sales' });
    expect(created).toMatchObject({ status: 201, body: { name: 'sales' } });
    const change = { rev: 1, title: 'Sales team', description: 'Sells.' };
    expect(await call('PATCH', '/domains/sales', change)).toEqual({
      status: 200,
      body: { rev: 2 },
    });
    expect((await call('PATCH', '/domains/sales', change)).status).toBe(409);
    const member = { email: person.email, role: 'data_admin' };
    const { userId } = (await call('PUT', '/domains/sales/members', member)).body;
    expect((await call('GET', '/domains/sales')).body).toMatchObject({
      title: 'Sales team',
      members: [{ email: person.email, role: 'data_admin' }],
    });
    const path = `/domains/sales/members/${userId}`;
    expect(await call('DELETE', path)).toMatchObject({
      status: 412,
      body: { reason: 'last_data_admin' },
    });
    expect((await call('DELETE', `${path}?mayLeaveNoAdmin=true`)).status).toBe(204);
    expect((await call('PUT', `/people/${userId}/disabled`, { isDisabled: true })).status).toBe(
      204,
    );
    expect((await call('GET', '/people?q=new@')).body.people).toMatchObject([{ isDisabled: true }]);
    expect((await call('GET', '/domains')).body.domains).toHaveLength(1);
    expect((await call('GET', '/domains/nothing')).status).toBe(404);
  });

  it('holds a token to its scopes and ends it when it is revoked', async () => {
    const user = await makeUser({ platformRoles: ['platform_admin'] });
    const call = caller(await tokenOf(user, ['catalog:read']));
    expect((await call('GET', '/me')).body).toMatchObject({
      id: user.id,
      scopes: ['catalog:read'],
    });
    expect(await call('POST', '/domains', { name: 'hr', title: 'HR' })).toMatchObject({
      status: 403,
      body: { scope: 'admin' },
    });
    const { tokens } = (await call('GET', '/tokens')).body;
    expect(tokens).toMatchObject([{ name: 'test', scopes: ['catalog:read'] }]);
    expect(JSON.stringify(tokens)).not.toMatch(/tokenHash/);
    expect((await call('DELETE', `/tokens/${tokens[0].id}`)).status).toBe(204);
    expect((await call('GET', '/me')).status).toBe(401);
    expect((await caller(null)('GET', '/domains')).status).toBe(401);
  });

  it('makes a token by session from our own pages', async () => {
    const cookie = await sessionCookieFor((await makeUser()).id);
    const ask = (headers: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/tokens',
        headers: { cookie, ...headers },
        payload: { name: 'nb', scopes: ['data:read'], expiresInDays: 7 },
      });
    expect((await ask({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    const made = await ask({ 'sec-fetch-site': 'same-origin' });
    expect(made.statusCode).toBe(201);
    expect((await caller(made.json().token)('GET', '/me')).status).toBe(200);
  });
});
