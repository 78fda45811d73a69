import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { systemCtx, type TokenScope } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { buildServer } from '../server';
import { accessRoutes } from './access';
import { auditRoutes } from './audit';
import { governanceRoutes } from './governance';

useTestDatabase();

describe('audit, governance and access over HTTP', () => {
  let app: FastifyInstance;
  let productId: string;
  const headers: Record<string, { authorization: string }> = {};
  const call = async (who: string, options: InjectOptions) => {
    const response = await app.inject({ ...options, headers: headers[who] });
    return { status: response.statusCode, type: response.headers['content-type'], response };
  };
  const get = (who: string, url: string) => call(who, { url: `/api/v1${url}` });

  beforeAll(async () => {
    app = await buildServer(undefined, { accessRoutes, auditRoutes, governanceRoutes });
    const domain = await makeDomain({ name: 'sales' });
    await seedPolicies(systemCtx('seed'));
    const people = {
      steward: await makeUser({ platformRoles: ['steward'] }),
      admin: await makeMember(domain.id, 'data_admin'),
      reader: await makeUser({ email: 'reader@portolan.example' }),
    };
    const scopes: TokenScope[] = ['governance:read', 'catalog:read', 'products:write'];
    for (const [name, user] of Object.entries(people)) {
      const made = await createApiToken(await ctxOf(user), {
        name,
        scopes,
        expiresInDays: 1,
      });
      headers[name] = { authorization: `Bearer ${made.token}` };
    }
    const product = await makeProduct({ domainId: domain.id, ownerId: people.admin.id });
    productId = product.id;
  });
  afterAll(() => app.close());

  it('describes itself', async () => {
    const { response } = await get('steward', '/openapi.json');
    expect(Object.keys(response.json().paths)).toEqual(
      expect.arrayContaining(['/api/v1/audit', '/api/v1/products/{productId}/grants']),
    );
  });

  it('grants and revokes', async () => {
    const grant = (payload: object) =>
      call('admin', { method: 'POST', url: `/api/v1/products/${productId}/grants`, payload });
    const made = await grant({ email: 'reader@portolan.example', purpose: 'A report' });
    expect(made.status).toBe(201);
    const again = await grant({ email: 'reader@portolan.example', purpose: 'A report' });
    expect(again.status).toBe(409);
    const bad = await grant({ email: 'reader', purpose: '', expiresAt: 'soon' });
    expect(bad.status).toBe(400);
    const listed = await get('admin', `/products/${productId}/grants`);
    expect(listed.response.json().grants).toHaveLength(1);
    expect((await get('reader', `/products/${productId}/grants`)).status).toBe(403);
    const { grantId } = made.response.json();
    const revoke = () => call('admin', { method: 'DELETE', url: `/api/v1/grants/${grantId}` });
    expect((await revoke()).status).toBe(200);
    expect((await revoke()).status).toBe(409);
  });

  it('says who may read and why', async () => {
    const { response } = await get('reader', `/products/${productId}/access`);
    expect(response.json()).toMatchObject({ canManage: false, decision: { allow: false } });
    expect((await get('nobody', `/products/${productId}/access`)).status).toBe(401);
  });

  it('shows policies to everybody who is signed in', async () => {
    const listed = await get('reader', '/governance/policies');
    expect(listed.response.json().policies).toHaveLength(2);
    const effective = await get('reader', '/governance/effective?domain=sales');
    expect(effective.response.json().quality.completeness.threshold.value).toBe('98%');
    expect((await get('reader', '/governance/effective?domain=nowhere')).status).toBe(404);
    expect((await get('reader', '/governance/policies/sales-data-governance')).status).toBe(200);
    expect((await get('nobody', '/governance/policies')).status).toBe(401);
  });

  it('shows the log to stewards, by page and as a file', async () => {
    const page = await get('steward', '/audit?action=access.&product=sales%2Fx&limit=1');
    expect(page.response.json()).toEqual({ events: [], nextPage: null, lookedBackTo: null });
    const all = await get('steward', '/audit?domain=sales&from=2020-01-01');
    const [event] = all.response.json().events;
    expect((await get('steward', `/audit/${event.id}`)).response.json()).toEqual(event);
    const csv = await get('steward', '/audit/export?format=csv&action=access.');
    expect(csv.type).toBe('text/csv; charset=utf-8');
    expect(csv.response.body.split('\r\n')[1]).toContain('access.revoke');
    expect((await get('steward', '/audit?from=soon')).status).toBe(400);
    expect((await get('steward', '/audit?after=zzz')).status).toBe(400);
    for (const url of ['/audit', `/audit/${event.id}`, '/audit/export']) {
      expect((await get('reader', url)).status).toBe(403);
    }
  });

  it('keeps searches of the audit log', async () => {
    const send = (
      who: string,
      method: 'POST' | 'PATCH' | 'DELETE',
      url: string,
      payload?: object,
    ) => call(who, { method, url: `/api/v1/audit/views${url}`, ...(payload && { payload }) });
    const view = { name: 'Refusals', query: 'decision=deny' };
    const made = await send('steward', 'POST', '', view);
    expect(made.status).toBe(201);
    const { viewId } = made.response.json();
    expect((await send('steward', 'POST', '', view)).status).toBe(409);
    expect((await send('steward', 'POST', '', { ...view, query: 'nothing=1' })).status).toBe(400);
    expect((await send('reader', 'POST', '', view)).status).toBe(403);
    expect((await send('steward', 'PATCH', `/${viewId}`, { isShared: true })).status).toBe(204);
    expect((await get('steward', '/audit/views')).response.json()).toMatchObject({
      views: [{ id: viewId, ...view, isShared: true, isMine: true }],
    });
    expect((await send('steward', 'DELETE', `/${viewId}`)).status).toBe(204);
    expect((await send('steward', 'DELETE', `/${viewId}`)).status).toBe(404);
  });
});
