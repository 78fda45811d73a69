import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { flushUsage } from '@/lib/serving';
import { closeServing } from '@/lib/serving/resolve';
import { buildServer } from '../server';
import { documentationRoutes } from './documentation';
import { lineageRoutes } from './lineage';

useTestDatabase();

describe('documentation over HTTP', () => {
  let app: FastifyInstance;
  const headers: Record<string, { authorization: string }> = {};
  const call = async (who: string, options: InjectOptions, product = 'ports') => {
    const url = `/api/v1/products/sales/${product}/${options.url}`;
    const response = await app.inject({ ...options, url, headers: headers[who] });
    return { status: response.statusCode, response };
  };

  beforeAll(async () => {
    app = await buildServer(undefined, { documentationRoutes, lineageRoutes });
    const domain = await makeDomain({ name: 'sales' });
    await seedPolicies(systemCtx('seed'));
    const owner = await makeMember(domain.id, 'data_producer');
    for (const [name, user] of Object.entries({ owner, reader: await makeUser() })) {
      const scopes = ['catalog:read', 'data:read', 'products:write'] as const;
      const made = { name, scopes: [...scopes], expiresInDays: 1 };
      const { token } = await createApiToken(await ctxOf(user), made);
      headers[name] = { authorization: `Bearer ${token}` };
    }
    await makeLiveProduct({
      ...{ domainId: domain.id, ownerId: owner.id, name: 'ports', classification: 'restricted' },
      fields: [{ name: 'id', type: 'long' }],
      sql: 'SELECT 7 AS id',
    });
  });
  afterAll(async () => {
    await app.close();
    await flushUsage();
    closeServing();
    await closeLake();
  });

  it('is read, written under the revision that was read, and given as one file', async () => {
    const { response } = await call('owner', { url: 'documentation' });
    const { rev } = response.json();
    const payload = { rev, text: 'Ports.\n\n```portolan\nid=eq.7\n```\n\n{{samples}}' };
    const put = { method: 'PUT' as const, url: 'documentation', payload };
    const saved = await call('owner', put);
    expect(saved.response.json()).toEqual({
      rev: rev + 1,
      examples: [{ query: 'id=eq.7', state: 'works', message: '' }],
    });
    expect((await call('owner', put)).status).toBe(409);
    const file = await call('owner', { url: 'documentation.md' });
    expect(file.response.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(file.response.body).toContain(
      'Ports.\n\n```portolan\nid=eq.7\n```\n\n| id |\n| --- |\n| 7 |',
    );
  });

  it('refuses what is not for the caller, and input that is none', async () => {
    const payload = { rev: 1, text: 'mine' };
    const put = { method: 'PUT' as const, url: 'documentation', payload };
    expect((await call('reader', put)).status).toBe(403);
    expect((await call('nobody', put)).status).toBe(401);
    expect((await call('owner', put, 'nothing')).status).toBe(404);
    const wrong = { ...put, payload: { rev: 1, text: 7 } };
    expect((await call('owner', wrong)).status).toBe(400);
    expect((await call('reader', { url: 'readiness' })).status).toBe(403);
    const file = await call('reader', { url: 'documentation.md' });
    expect(file.status).toBe(200);
    expect(file.response.body).not.toContain('| 7 |');
    expect((await call('owner', { url: 'lineage?depth=9' })).status).toBe(400);
    expect((await call('owner', { url: 'activity?after=zzz' })).status).toBe(400);
  });

  it('tells lineage, activity and what is missing', async () => {
    const lineage = (await call('reader', { url: 'lineage' })).response.json();
    expect(lineage).toMatchObject({ product: 'sales/ports', depth: 2, more: 0 });
    expect(lineage.nodes).toHaveLength(1);
    const { events } = (await call('owner', { url: 'activity' })).response.json();
    expect(events.map((one: { action: string }) => one.action)).toEqual(['documentation.save']);
    const readiness = (await call('owner', { url: 'readiness' })).response.json();
    expect(readiness.items).toHaveLength(10);
  });
});
