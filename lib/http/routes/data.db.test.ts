import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { buildServer } from '../server';

useTestDatabase();
let app: FastifyInstance;
let authorization: string;

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('test'));
  const person = await makeMember(domain.id, 'data_producer');
  await makeLiveProduct({
    ...{ domainId: domain.id, ownerId: person.id, name: 'orders' },
    fields: [
      { name: 'id', type: 'long' },
      { name: 'name', type: 'string' },
    ],
    sql: "select i as id, 'n' || i as name from range(500) t(i)",
  });
  const scopes = ['data:read', 'catalog:read'] as ('data:read' | 'catalog:read')[];
  const { token } = await createApiToken(await ctxOf(person), {
    ...{ name: 'test', scopes, expiresInDays: 1 },
  });
  authorization = `Bearer ${token}`;
  app = await buildServer();
});
afterAll(async () => {
  await app.close();
  await closeLake();
});

const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  app.inject({ method, url: `/api/v1${url}`, headers: { authorization, ...headers } });

it('serves each format by suffix and by Accept', async () => {
  const json = await get('/data/sales/orders/rows?id=lt.3&order=id.desc');
  expect(json.statusCode).toBe(200);
  expect(json.json().rows).toEqual([
    { id: 2, name: 'n2' },
    { id: 1, name: 'n1' },
    { id: 0, name: 'n0' },
  ]);
  const csv = await get('/data/sales/orders/rows.csv?limit=1&count=exact');
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(csv.headers['x-total-count']).toBe('500');
  expect(csv.body).toBe('id,name\r\n0,n0\r\n');
  const lines = await get('/data/sales/orders/rows', { accept: 'application/x-ndjson' });
  expect(lines.body.trim().split('\n').length).toBe(500);
  const parquet = await get('/data/sales/orders/rows.parquet');
  expect(parquet.rawPayload.subarray(0, 4).toString()).toBe('PAR1');
  expect(Number(parquet.headers['content-length'])).toBe(parquet.rawPayload.byteLength);
});

it('answers HEAD and conditional requests without a body', async () => {
  const head = await get('/data/sales/orders/rows.csv', {}, 'HEAD');
  expect([head.statusCode, head.body]).toEqual([200, '']);
  expect(head.headers['content-disposition']).toContain('sales-orders.csv');
  const first = await get('/data/sales/orders/rows');
  const again = await get('/data/sales/orders/rows', {
    'if-none-match': String(first.headers.etag),
  });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

it('answers refusals as problem documents', async () => {
  const anonymous = await app.inject({ url: '/api/v1/data/sales/orders/rows' });
  expect(anonymous.statusCode).toBe(401);
  expect(anonymous.headers['www-authenticate']).toContain('Bearer');
  const wrong = await get('/data/sales/orders/rows?nmae=eq.a');
  expect(wrong.statusCode).toBe(400);
  expect(wrong.headers['content-type']).toContain('application/problem+json');
  expect(wrong.json()).toMatchObject({ parameter: 'nmae', suggestion: 'name' });
  expect((await get('/data/sales/nothing/rows')).statusCode).toBe(404);
  expect((await get('/data/sales/orders/rows.xml')).statusCode).toBe(404);
  expect((await get('/data/%00/orders/rows')).statusCode).toBe(400);
});

it('tells every signed-in person what the product is', async () => {
  const metadata = (await get('/data/sales/orders/metadata')).json();
  expect(metadata).toMatchObject({ domain: 'sales', name: 'orders', snapshot: { rowCount: 500 } });
  expect(metadata.certifiedUntil).toBeNull();
  expect((await get('/data/sales/orders')).json()).toEqual(metadata);
  const yaml = await get('/data/sales/orders/descriptor.yaml');
  expect(yaml.body).toMatch(/^apiVersion: v1/);
  const found = (await get('/catalog?q=ordres')).json();
  expect(found.entries[0]).toMatchObject({ name: 'orders', rowCount: 500 });
  expect((await get('/catalog?limit=0')).statusCode).toBe(400);
  expect((await get('/catalog/suggest?q=ord')).json().products).toHaveLength(1);
});
