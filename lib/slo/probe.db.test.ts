import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAudit, verifyAudit } from '@/lib/audit';
import { probeAddress, probeToken } from '@/lib/auth';
import { db, env, pool, setClock, setEnv, startHeartbeat, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { buildServer } from '@/lib/http/server';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { flushUsage } from '@/lib/serving';
import { measureDue } from './measure';
import { probeDue } from './probe';

useTestDatabase();
let app: FastifyInstance;
let origin: string;
let stopWeb: () => Promise<void>;
let productId: string;

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('test'));
  const owner = await makeMember(domain.id, 'data_producer');
  const { product } = await makeLiveProduct({
    ...{ domainId: domain.id, ownerId: owner.id, name: 'orders', classification: 'restricted' },
    fields: [{ name: 'id', type: 'long' }],
    sql: 'select i as id from range(50) t(i)',
  });
  productId = product.id;
  const descriptor = product.descriptor as { spec: object };
  const slo = { availability: '99.9%', latency: '< 5 seconds' };
  await db().product.update({
    where: { id: productId },
    data: { descriptor: { ...descriptor, spec: { ...descriptor.spec, slo } } as object },
  });
  app = await buildServer();
  origin = await app.listen({ port: 0, host: '127.0.0.1' });
  setEnv({ PORTOLAN_URL: origin });
  stopWeb = await startHeartbeat('web');
  await measureDue();
});
afterAll(async () => {
  await stopWeb();
  await app.close();
  await closeLake();
});
beforeEach(async () => {
  setClock(undefined);
  await pool().query(`delete from slo_probe; update slo_product set "probedAt" = null`);
});

/** Time stands still at this instant, so that a minute does not end in the middle of a test. */
function stand(): void {
  const at = Math.floor(Date.now() / 60_000) * 60_000 + 5000;
  setClock(() => at);
}

describe('a probe', () => {
  it('reads the first row through the web process as the system, and is no consumer', async () => {
    stand();
    const usage = await db().usageEvent.count();
    expect(
      await Promise.all([probeDue(), probeDue(), probeDue()]).then((all) => all.sort()),
    ).toEqual([0, 0, 1]);
    expect(await probeDue()).toBe(0);
    const probes = await db().sloProbe.findMany();
    expect(probes).toMatchObject([{ productId, status: 200, error: null }]);
    expect(probes[0]?.latencyMs).toBeGreaterThan(0);
    const decision = await db().auditEvent.findFirstOrThrow({
      where: { requestId: probes[0]?.requestId ?? '', kind: 'decision' },
    });
    expect(decision).toMatchObject({
      ...{
        actorType: 'system',
        actorId: null,
        actorLabel: 'system:probe',
        decision: 'allow',
        productId,
      },
      detail: { via: 'probe', product: 'sales/orders' },
    });
    const ofProduct = async (filter: object) =>
      (await listAudit(systemCtx('test'), { productId, action: 'product.read', ...filter })).events;
    expect(await ofProduct({})).not.toEqual([]);
    expect(await ofProduct({ probes: 'hide' })).toEqual([]);
    await flushUsage();
    expect(await db().usageEvent.count()).toBe(usage);
    expect(await verifyAudit()).toMatchObject({ ok: true });
  });

  it('of a product that cannot be read says so; a server that is gone is an outage', async () => {
    stand();
    await db().productEnvironment.updateMany({ data: { status: 'provisioning' } });
    await pool().query(`select pg_notify('portolan_product', '')`);
    const refused = await fetch(origin + probeAddress('sales', 'orders'), {
      headers: { authorization: `Bearer ${await probeToken(probeAddress('sales', 'orders'))}` },
    });
    expect(refused.status).toBe(503);
    await probeDue();
    expect(await db().sloProbe.findMany()).toMatchObject([
      { status: 503, error: expect.stringContaining('is being provisioned') },
    ]);
    await db().productEnvironment.updateMany({ data: { status: 'live' } });
    await pool().query(
      `select pg_notify('portolan_product', ''); delete from slo_probe; update slo_product set "probedAt" = null`,
    );
    const free = new URL(origin);
    free.port = '1';
    setEnv({ PORTOLAN_PROBE_URL: free.origin });
    await probeDue();
    expect(await db().sloProbe.findMany()).toMatchObject([
      { status: 0, latencyMs: null, error: expect.stringMatching(/\S/) },
    ]);
    setEnv({ PORTOLAN_PROBE_URL: '' });
    expect(env().PORTOLAN_PROBE_URL).toBeUndefined();
  });

  it('is not sent while no web process lives: the minutes without one tell', async () => {
    stand();
    await db().heartbeat.updateMany({ data: { kind: 'away' } });
    expect(await probeDue()).toBe(0);
    await db().heartbeat.updateMany({ data: { kind: 'web' } });
    expect(await db().webMinute.count()).toBeGreaterThan(0);
    expect(await probeDue()).toBe(1);
  });
});

describe('its credential', () => {
  const address = probeAddress('sales', 'orders');
  const ask = async (path: string, token: string, method = 'GET') =>
    (await fetch(origin + path, { method, headers: { authorization: `Bearer ${token}` } })).status;

  it('opens the one address it was made for, to read, for a minute', async () => {
    const token = await probeToken(address);
    expect(await ask(address, token)).toBe(200);
    for (const [path, method] of [
      [address.replace('limit=1', 'limit=2'), 'GET'],
      [address.replace('.json', '.csv'), 'GET'],
      [`${address}&select=id`, 'GET'],
      [probeAddress('sales', 'other'), 'GET'],
      ['/api/v1/audit/events', 'GET'],
      ['/api/v1/people', 'GET'],
      [address, 'HEAD'],
    ] as const) {
      expect(await ask(path, token, method), `${method} ${path}`).toBe(401);
    }
    const later = Date.now() + 61_000;
    setClock(() => later);
    expect(await ask(address, token)).toBe(401);
  });

  it('cannot be made for anything else, nor without the portal’s key', async () => {
    for (const path of [
      '/api/v1/people',
      '/api/v1/data/sales/orders/rows.json?limit=1&x=/rows.json?limit=1',
    ]) {
      expect(await ask(path, await probeToken(path))).toBe(401);
    }
    const [head, body] = (await probeToken(address)).split('.');
    for (const token of [`${head}.${body}.AAAA`, 'a.b.c', '..'])
      expect(await ask(address, token)).toBe(401);
  });
});
