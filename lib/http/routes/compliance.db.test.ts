import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { runMonitor } from '@/lib/compliance';
import { systemCtx, type TokenScope } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { buildServer } from '../server';
import { complianceRoutes } from './compliance';

useTestDatabase();

describe('compliance over HTTP', () => {
  let app: FastifyInstance;
  let productId: string;
  const headers: Record<string, { authorization: string }> = {};
  const call = async (who: string, options: InjectOptions) => {
    const url = `/api/v1/compliance${options.url}`;
    const response = await app.inject({ ...options, url, headers: headers[who] });
    return { status: response.statusCode, body: response.body ? response.json() : null };
  };

  beforeAll(async () => {
    app = await buildServer(undefined, { complianceRoutes });
    const domain = await makeDomain({ name: 'sales' });
    await seedPolicies(systemCtx('seed'));
    const people = {
      steward: await makeUser({ platformRoles: ['steward'] }),
      owner: await makeMember(domain.id, 'data_producer'),
      reader: await makeUser(),
    };
    const give = async (name: string, user: { id: string }, scopes: TokenScope[]) => {
      const made = await createApiToken(await ctxOf(user), { name, scopes, expiresInDays: 1 });
      headers[name] = { authorization: `Bearer ${made.token}` };
    };
    for (const [name, user] of Object.entries(people)) {
      await give(name, user, ['governance:read', 'governance:write']);
    }
    await give('narrow', people.steward, ['governance:read']);
    const { product } = await makeLiveProduct({
      domainId: domain.id,
      ownerId: people.owner.id,
      fields: [{ name: 'id', type: 'long' }],
      sql: 'SELECT 1 AS id',
    });
    productId = product.id;
  });
  afterAll(() => app.close());

  it('runs a rule, lists what it found, and takes what people say to it', async () => {
    const payload = { rule: 'encryption', productId };
    const begun = await call('steward', { method: 'POST', url: '/runs', payload });
    expect(begun.status).toBe(202);
    await runMonitor(begun.body.runId);
    const list = await call('owner', { url: '/violations?monitor=encryption' });
    expect(list.body.violations).toHaveLength(1);
    const { id } = list.body.violations[0];
    const post = (who: string, path: string, body: object) =>
      call(who, { method: 'POST', url: `/violations/${id}/${path}`, payload: body });
    expect((await post('owner', 'acknowledge', { note: 'mine' })).status).toBe(204);
    expect((await post('steward', 'notes', { note: 'thank you' })).status).toBe(204);
    const one = await call('steward', { url: `/violations/${id}` });
    expect(Object.keys(one.body.evidence[0])).toEqual(['Environment', 'Snapshot', 'File']);
    expect((await post('steward', 'assign', { email: '', rev: one.body.rev })).status).toBe(204);
    expect((await post('steward', 'assign', { email: '', rev: 1 })).status).toBe(409);
    const seen = await call('steward', { url: '' });
    expect(seen.body.totals).toMatchObject({ errors: 1, acknowledged: 1 });
  });

  it('refuses and hides what is not for the caller', async () => {
    const payload = { rule: 'encryption' };
    expect((await call('owner', { method: 'POST', url: '/runs', payload })).status).toBe(403);
    expect((await call('narrow', { method: 'POST', url: '/runs', payload })).status).toBe(403);
    expect((await call('nobody', { url: '/violations' })).status).toBe(401);
    expect((await call('nobody', { url: '' })).status).toBe(401);
    expect((await call('reader', { url: '/violations' })).body.violations).toEqual([]);
    const unknown = { method: 'POST' as const, url: '/runs', payload: { rule: 'nothing' } };
    expect((await call('steward', unknown)).status).toBe(400);
  });
});
