import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createApiToken } from '@/lib/auth';
import { systemCtx, type TokenScope } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makePromisedProduct } from '@/lib/runtime/testing/promised-product';
import { measureDue } from '@/lib/slo';
import { checkOpenSlo } from '@/lib/slo/openslo/check';
import { buildServer } from '../server';

useTestDatabase();
let app: FastifyInstance;
let productId: string;
const tokens: Record<'owner' | 'reader', string> = { owner: '', reader: '' };

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('test'));
  const owner = await makeMember(domain.id, 'data_producer');
  const reader = await makeMember(domain.id, 'data_consumer');
  const who = { domainId: domain.id, ownerId: owner.id, snapshotAt: new Date() };
  const slo = { availability: '99.9%', latency: '< 100ms', freshness: '< 1 hour' };
  productId = (await makePromisedProduct({ ...who, name: 'orders', title: 'Orders', slo })).id;
  for (const name of ['returns', 'stock']) await makePromisedProduct({ ...who, name, slo });
  await measureDue();
  const tokenFor = async (person: { id: string }, scopes: TokenScope[]) => {
    const input = { name: 'test', scopes, expiresInDays: 1 };
    return (await createApiToken(await ctxOf(person), input)).token;
  };
  tokens.owner = await tokenFor(owner, ['catalog:read', 'products:write']);
  tokens.reader = await tokenFor(reader, ['catalog:read']);
  app = await buildServer();
});
afterAll(() => app.close());

async function ask(
  method: 'GET' | 'PUT' | 'DELETE',
  url: string,
  options: { as?: keyof typeof tokens; body?: object } = {},
) {
  const { as = 'reader', body } = options;
  const authorization = `Bearer ${tokens[as]}`;
  const answer = await app.inject({
    ...{ method, url: `/api/v1${url}`, headers: { authorization } },
    ...(body && { payload: body }),
  });
  return answer;
}

it('lists products with objectives by pages', async () => {
  const first = (await ask('GET', '/slo?limit=2')).json();
  expect(first.products.map((one: { product: string }) => one.product)).toEqual([
    'sales/orders',
    'sales/returns',
  ]);
  expect(first.products[0]).toMatchObject({
    title: 'Orders',
    standing: 'early',
    objectives: [{ key: 'availability', target: 0.999, sli: null, leftShare: null }, {}, {}],
  });
  const second = (await ask('GET', `/slo?limit=2&after=${first.nextAfter}`)).json();
  expect(second.products.map((one: { product: string }) => one.product)).toEqual(['sales/stock']);
  expect(second.nextAfter).toBeNull();
});

it('gives a product’s objectives, their history and an OpenSLO document that is whole', async () => {
  const slo = (await ask('GET', '/slo/sales/orders')).json();
  expect(slo).toMatchObject({ productId, product: 'sales/orders', incidents: [], probes: [] });
  expect(slo.objectives.map((one: { key: string }) => one.key)).toEqual([
    'availability',
    'latency',
    'freshness',
  ]);
  const { objectives } = (await ask('GET', '/slo/sales/orders/history?range=2d')).json();
  expect(objectives).toHaveLength(3);
  expect(objectives[0].points).toHaveLength(48);
  const yaml = await ask('GET', '/slo/sales/orders/openslo.yaml');
  expect(yaml.headers['content-type']).toContain('application/yaml');
  const documents = parse(yaml.body);
  expect(checkOpenSlo(documents, { isWhole: true })).toEqual([]);
  const objects = documents as { kind: string; metadata: { name: string }; spec: object }[];
  expect(
    objects.find(({ metadata }) => metadata.name === 'sales-orders-availability'),
  ).toBeDefined();
  expect(objects.find(({ kind }) => kind === 'SLO')?.spec).toMatchObject({
    budgetingMethod: 'RatioTimeslices',
    timeWindow: [{ duration: '30d', isRolling: true }],
    objectives: [{ target: 0.999, timeSliceWindow: '1m' }],
  });
});

it('lets who may change a product add, change and remove objectives', async () => {
  const url = `/products/${productId}/objectives/enough-rows`;
  const body = { kind: 'custom', target: 99, formula: 'rowCount > 10' };
  expect((await ask('PUT', url, { body })).statusCode).toBe(403);
  const added = await ask('PUT', url, { as: 'owner', body });
  expect(added.statusCode).toBe(200);
  expect((await ask('PUT', url, { as: 'owner', body })).statusCode).toBe(409);
  const changed = await ask('PUT', url, { as: 'owner', body: { ...body, rev: 1, target: 95 } });
  expect(changed.json()).toMatchObject({ rev: 2 });
  expect((await ask('DELETE', url, { as: 'owner' })).statusCode).toBe(204);
  expect((await ask('DELETE', url, { as: 'owner' })).statusCode).toBe(404);
});

it.each([
  ['/slo/sales/nothing', 404],
  ['/slo?limit=0', 400],
  ['/slo?after=orders', 400],
  ['/slo?after=a/b/c', 400],
  ['/slo/sales/orders/history?range=7y', 400],
  [`/slo/sales/${'x'.repeat(80)}`, 400],
])('answers %s with %i', async (url, status) => {
  expect((await ask('GET', url)).statusCode).toBe(status);
});

it('asks who is there', async () => {
  const answer = await app.inject({ method: 'GET', url: '/api/v1/slo' });
  expect(answer.statusCode).toBe(401);
});
