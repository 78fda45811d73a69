import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { db } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeProduct } from '@/lib/runtime/testing/factories';
import { seedMesh } from '@/lib/runtime/testing/product-draft';
import { buildServer } from '../server';

useTestDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  await seedMesh();
  app = await buildServer();
});
afterAll(() => app.close());

const ORDERS = readFileSync(path.resolve('lib/interop/fixtures/orders.odcs.yaml'), 'utf8');

async function producer() {
  const domain = await makeDomain();
  const user = await makeMember(domain.id, 'data_producer');
  const { token } = await createApiToken(await ctxOf(user), {
    name: 'test',
    scopes: ['catalog:read', 'products:write'],
    expiresInDays: 1,
  });
  const headers = { authorization: `Bearer ${token}` };
  const post = (url: string, payload: object) =>
    app.inject({ method: 'POST', url: `/api/v1${url}`, headers, payload });
  const get = (url: string) => app.inject({ method: 'GET', url: `/api/v1${url}`, headers });
  return { domain, user, post, get };
}

it('a contract is checked, imported and refused over HTTP', async () => {
  const { post } = await producer();
  const checked = await post('/contracts/lint', { text: ORDERS });
  expect(checked.json()).toMatchObject({
    ok: true,
    format: 'odcs',
    version: 'v3.1.0',
    objects: [
      { name: 'orders', columns: 3 },
      { name: 'carriers', columns: 1 },
    ],
  });
  const made = await post('/drafts/import', { text: ORDERS });
  expect(made.statusCode).toBe(201);
  expect(await db().importedContract.count({ where: { draftId: made.json().id } })).toBe(1);
  const broken = await post('/drafts/import', { text: ORDERS.replace('v3.1.0', 'v9') });
  expect(broken.statusCode).toBe(400);
  expect(broken.json()).toMatchObject({
    findings: [{ line: 2, column: 13, code: 'unknown-version' }],
  });
  const large = await post('/contracts/lint', { text: 'x'.repeat(1_000_001) });
  expect(large.statusCode).toBe(400);
});

it('a product gives its contract as JSON and as a file, in every format', async () => {
  const { domain, user, get, post } = await producer();
  const { name } = await makeProduct({ domainId: domain.id, ownerId: user.id });
  const url = `/products/${domain.name}/${name}/contract`;
  expect((await get(url)).json()).toMatchObject({ apiVersion: 'v3.1.0', kind: 'DataContract' });
  for (const format of ['odcs', 'odps', 'dataproduct']) {
    const file = await get(`${url}.yaml?format=${format}`);
    expect(file.headers['content-disposition']).toBe(
      `attachment; filename="${domain.name}-${name}.${format}.yaml"`,
    );
    const checked = await post('/contracts/lint', { text: file.body });
    expect(checked.json(), format).toMatchObject({ ok: true, format, findings: [] });
  }
  expect((await get(`${url}?format=word`)).statusCode).toBe(400);
  expect((await get('/products/no/such/contract')).statusCode).toBe(404);
});
