import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { db, systemCtx } from '@/lib/core';
import { runSimulation, seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { buildServer } from '../server';
import { policyWorkRoutes } from './policy-work';
import { privacyRoutes } from './privacy';
import { retentionRoutes } from './retention';

useTestDatabase();

describe('policies, privacy and retention over HTTP', () => {
  let app: FastifyInstance;
  const tokens: Record<string, string> = {};
  const call = (who: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
    app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${tokens[who]}` },
      ...(payload && { payload }),
    });

  beforeAll(async () => {
    app = await buildServer(undefined, { policyWorkRoutes, privacyRoutes, retentionRoutes });
    const domain = await makeDomain({ name: 'sales' });
    await seedPolicies(systemCtx('seed'));
    const steward = await makeUser({ platformRoles: ['steward'], email: 'st@portolan.example' });
    const reader = await makeUser();
    await makeProduct({ domainId: domain.id, ownerId: steward.id, name: 'orders' });
    for (const [name, user] of Object.entries({ steward, reader })) {
      const { token } = await createApiToken(await ctxOf(user), {
        name,
        scopes: ['governance:read', 'governance:write'],
        expiresInDays: '7',
      });
      tokens[name] = token;
    }
  });
  afterAll(() => app.close());

  it('lead a policy from draft to force, with a simulation and its CSV', async () => {
    const name = 'sales-data-governance';
    const begun = await call('steward', 'POST', '/governance/drafts', { name });
    expect(begun.statusCode).toBe(201);
    const { policyId } = begun.json();
    const draft = (await call('steward', 'GET', `/governance/policies/${name}/draft`)).json();
    const yaml = (draft.yaml as string).replace('3_years', '2_years');
    const saved = await call('steward', 'PUT', '/governance/drafts', {
      policyId,
      rev: draft.rev,
      yaml,
      reason: 'As agreed',
    });
    const { rev } = saved.json();
    const simulated = await call('steward', 'POST', '/governance/simulations', { policyId, rev });
    expect(simulated.statusCode).toBe(202);
    await runSimulation(simulated.json().simulationId);
    const found = await call('steward', 'GET', `/governance/policies/${name}/simulation`);
    expect(found.json().simulation).toMatchObject({ status: 'succeeded', isStale: false });
    const csv = await call('steward', 'GET', `/governance/policies/${name}/simulation/export`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body.split('\r\n')[0]).toContain('product,owner');
    const refused = await call('reader', 'POST', '/governance/drafts/activate', {
      policyId,
      rev,
      mode: 'enforce',
    });
    expect(refused.statusCode).toBe(403);
    const consent = await call('steward', 'POST', '/governance/drafts/consent', { policyId, rev });
    expect(consent.statusCode).toBe(204);
    const done = await call('steward', 'POST', '/governance/drafts/activate', {
      policyId,
      rev,
      mode: 'enforce',
    });
    expect(done.statusCode).toBe(204);
    const inForce = await db().policyDocument.findUniqueOrThrow({ where: { id: policyId } });
    expect(inForce.stage).toBe('enforced');
  });

  it('answer rules, waivers and what would be decided', async () => {
    expect((await call('reader', 'GET', '/governance/rules')).json().rules.length).toBeGreaterThan(
      5,
    );
    expect((await call('reader', 'GET', '/governance/waivers')).json().waivers).toEqual([]);
    const asked = { person: 'st@portolan.example', product: 'sales/orders' };
    const own = await call('steward', 'POST', '/governance/playground', asked);
    expect(own.json()).toMatchObject({ allow: true, product: { address: 'sales/orders' } });
    expect((await call('reader', 'POST', '/governance/playground', asked)).statusCode).toBe(403);
  });

  it('take a privacy request in without ever saying the identifier again', async () => {
    const identifier = 'somebody@customers.example';
    const input = { regulation: 'gdpr', kind: 'erasure', identifier };
    expect((await call('reader', 'POST', '/privacy/requests', input)).statusCode).toBe(403);
    const taken = await call('steward', 'POST', '/privacy/requests', input);
    expect(taken.statusCode).toBe(202);
    const { requestId } = taken.json();
    const shown = await call('steward', 'GET', `/privacy/requests/${requestId}`);
    expect(shown.json().status).toBe('searching');
    expect(shown.body).not.toContain(identifier);
    const archive = await call('steward', 'GET', `/privacy/requests/${requestId}/archive`);
    expect(archive.statusCode).toBe(410);
    const keys = await call('reader', 'GET', '/privacy/keys');
    expect(keys.json().keys).toMatchObject([{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' }]);
    expect(keys.json().keys[0].d).toBeUndefined();
    const hold = { what: 'sales/orders', reason: 'An authority asked for it' };
    expect((await call('reader', 'POST', '/privacy/holds', hold)).statusCode).toBe(403);
    expect((await call('steward', 'POST', '/privacy/holds', hold)).statusCode).toBe(201);
    expect((await call('steward', 'GET', '/privacy/holds')).json().holds).toHaveLength(1);
    expect((await call('reader', 'GET', '/privacy/holds')).json().holds).toEqual([]);
  });

  it('show retention to who may see it', async () => {
    const own = await call('steward', 'GET', '/retention/sales/orders');
    expect(own.json()).toMatchObject({ address: 'sales/orders', plan: null, runs: [] });
    expect((await call('reader', 'GET', '/retention/sales/orders')).statusCode).toBe(403);
    expect((await call('steward', 'GET', '/retention/sales/nothing')).statusCode).toBe(404);
  });
});
