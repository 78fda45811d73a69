import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { newId, publicOrigin, type TokenScope } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeProduct } from '@/lib/runtime/testing/factories';
import { buildServer } from '../server';
import { catalogRoutes } from './catalog';
import { lineageRoutes } from './lineage';

useTestDatabase();
let app: FastifyInstance;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  app = await buildServer(undefined, { catalogRoutes, lineageRoutes });
  const domain = await makeDomain({ name: 'sales' });
  const owner = await makeMember(domain.id, 'data_producer');
  for (const name of ['orders', 'bills']) {
    await makeProduct({ domainId: domain.id, ownerId: owner.id, name });
  }
  const scopes: TokenScope[] = ['catalog:read', 'products:write'];
  for (const [name, own] of Object.entries({ writer: scopes, reader: scopes.slice(0, 1) })) {
    const made = { name, scopes: own, expiresInDays: 1 };
    tokens[name] = (await createApiToken(await ctxOf(owner), made)).token;
  }
});
afterAll(() => app.close());

const call = async (who: string, method: 'GET' | 'POST', url: string, payload?: object) => {
  const response = await app.inject({
    ...{ method, url: `/api/v1/${url}`, ...(payload && { payload }) },
    headers: tokens[who] ? { authorization: `Bearer ${tokens[who]}` } : {},
  });
  return { status: response.statusCode, body: response.json() };
};
const event = (more: object = {}) => ({
  ...{ eventType: 'COMPLETE', eventTime: '2026-01-31T08:00:00Z', run: { runId: newId() } },
  ...{ job: { namespace: 'airflow', name: 'load' }, producer: 'https://example.org/x' },
  outputs: [{ namespace: publicOrigin(), name: 'sales/orders' }],
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  ...more,
});
const send = (who: string, payload: object) => call(who, 'POST', 'lineage/events', payload);

it('takes one event or a list, from a token that may', async () => {
  expect(await send('writer', event())).toMatchObject({ status: 200, body: { stored: 1 } });
  expect(await send('writer', [event(), event()])).toMatchObject({ body: { stored: 2 } });
  expect((await send('reader', event())).status).toBe(403);
  expect((await send('nobody', event())).status).toBe(401);
  const { body } = await call('reader', 'GET', 'products/sales/orders/lineage/events');
  expect(body.events).toHaveLength(3);
});

it('says of a bad event where and what, and of too much that it is', async () => {
  const wrong = await send('writer', [event(), event({ run: {}, eventTime: 'soon' })]);
  expect(wrong).toMatchObject({ status: 422, body: { code: 'unprocessable' } });
  expect(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
    '/1/eventTime',
    '/1/run/runId',
  ]);
  expect((await send('writer', Array(101).fill(event()))).status).toBe(413);
  const large = event({ anything: 'x'.repeat(1_100_000) });
  expect(await send('writer', large)).toMatchObject({ status: 413, body: { code: 'too_large' } });
});

it('compares the products that an address names', async () => {
  const { status, body } = await call(
    'reader',
    'GET',
    'catalog/compare?p=sales/orders&p=sales/bills',
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ similarity: 1, columns: { same: 1 }, missing: [] });
  const few = await call('reader', 'GET', 'catalog/compare?p=sales/orders');
  expect(few).toMatchObject({ status: 400, body: { errors: [{ parameter: 'p' }] } });
});
