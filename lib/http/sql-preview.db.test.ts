import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flushAudit } from '@/lib/audit';
import { createApiToken } from '@/lib/auth';
import { type Ctx, db } from '@/lib/core';
import { createDraft } from '@/lib/products/create-draft';
import { getDraft } from '@/lib/products/draft-queries';
import { saveDraft } from '@/lib/products/save-draft';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { seedMesh } from '@/lib/runtime/testing/product-draft';
import { buildServer } from './server';

useTestDatabase();

let app: FastifyInstance;
let ctx: Ctx;
let token: string;
let draftId: string;
let hidden: string;
let orders: string;
let domain: string;
beforeAll(async () => {
  await seedMesh();
  const [own, other] = [await makeDomain(), await makeDomain()];
  domain = own.name;
  const user = await makeMember(own.id, 'data_producer');
  const owner = await makeMember(other.id, 'data_admin');
  ctx = await ctxOf(user);
  const fields = [
    { name: 'id', type: 'long' as const },
    { name: 'city', type: 'string' as const },
  ];
  const sql = "select range as id, 'Oslo' as city from range(500)";
  await makeLiveProduct({
    domainId: own.id,
    ownerId: user.id,
    name: 'orders',
    fields,
    sql,
    isEncrypted: true,
  });
  await makeLiveProduct({
    domainId: other.id,
    ownerId: owner.id,
    name: 'salaries',
    classification: 'restricted',
    fields,
    sql,
  });
  orders = `${own.name}/orders`;
  hidden = `${other.name}/salaries`;
  ({ token } = await createApiToken(ctx, { name: 't', scopes: ['admin'], expiresInDays: 1 }));
  draftId = (await createDraft(ctx, { template: 'batch_analytics' })).id;
  app = await buildServer();
});
afterAll(() => app.close());

interface Answer {
  status: number;
  [member: string]: unknown;
}

async function call(method: 'GET' | 'POST', url: string, payload?: object): Promise<Answer> {
  const response = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload && { payload }),
  });
  const answer = response.json() as Record<string, unknown>;
  return { ...answer, status: response.statusCode } as Answer;
}
const preview = (sql: string, product = orders, alias = 'orders') =>
  call('POST', `/drafts/${draftId}/preview`, { sql, inputs: [{ alias, product }] });

describe('the preview of a transformation', () => {
  it('gives the first rows and the schema, over encrypted files too', async () => {
    const answer = await preview(
      'select city, count(*) as orders, avg(id) as mean from orders group by all',
    );
    expect(answer.status, JSON.stringify(answer)).toBe(200);
    expect(answer.rows).toEqual([{ city: 'Oslo', orders: 500, mean: 249.5 }]);
    expect(answer.fields).toEqual([
      { name: 'city', sourceName: 'city', type: 'string' },
      { name: 'orders', sourceName: 'orders', type: 'long' },
      { name: 'mean', sourceName: 'mean', type: 'double' },
    ]);
  });

  it('says so when there are more rows', async () => {
    const answer = await preview('select * from orders');
    expect(answer).toMatchObject({ status: 200, isTruncated: true });
    expect((answer.rows as unknown[]).length).toBe(100);
  });

  it.each([
    ['empty SQL', ' '],
    ['a syntax error', 'select\nfrom where'],
    ['an unknown column', 'select nothing from orders'],
    ['another table', 'select * from product'],
    ['a file', "select * from read_csv('/etc/passwd')"],
    ['a file by name', "select * from '/etc/passwd'"],
    ['the environment', "select getenv('PORTOLAN_MASTER_KEY')"],
    ['a write', 'create table x as select 1'],
    ['a copy', "copy orders to '/tmp/x.csv'"],
    ['an attach', "attach '/tmp/x.db'"],
    ['a setting', "set memory_limit = '1TB'"],
    ['two statements', 'select * from orders; drop table orders'],
    ['the engine’s catalogue', 'select * from duckdb_settings()'],
    ['an extension', 'install httpfs'],
    ['a NUL', 'select 1\u0000'],
  ])('refuses %s in words', async (_what, sql) => {
    const answer = await preview(sql);
    expect(answer.status, JSON.stringify(answer)).toBe(400);
    expect(String(answer.detail).length).toBeGreaterThan(15);
  });

  it('names the line of an error', async () => {
    const answer = await preview('select city,\n  nothing\nfrom orders');
    expect(answer).toMatchObject({ status: 400, line: 2 });
  });

  it('refuses inputs that the author may not read, and writes the decision down', async () => {
    const answer = await preview('select * from orders', hidden);
    expect(answer.status).toBe(403);
    expect(answer.detail).toContain('no role in');
    await flushAudit();
    const denied = await db().auditEvent.count({
      where: { action: 'product.read', decision: 'deny' },
    });
    expect(denied).toBeGreaterThan(0);
    const { products } = (await call('GET', '/draft-sources')) as unknown as {
      products: { product: string }[];
    };
    expect(products.map((one) => one.product)).toEqual([orders]);
    expect((await call('GET', `/draft-sources/${hidden}`)).status).toBe(403);
  });

  it.each([
    ['a product that is not there', 'x/y', 'orders', 404],
    ['a name that is no identifier', '', 'a b"; drop', 400],
  ])('refuses %s', async (_what, product, alias, status) => {
    expect((await preview('select 1', product || orders, alias)).status).toBe(status);
  });
});

describe('the review of a draft over SQL', () => {
  const review = async (sql: string, names: string[], product = orders) => {
    const { rev, data } = await getDraft(ctx, draftId);
    const source = { kind: 'sql' as const, sql, inputs: [{ alias: 'orders', product }] };
    const fields = names.map((name) => ({ name, type: 'long' as const }));
    const words = { domain, name: 'totals', title: 'Totals', description: 'Sums.' };
    await saveDraft(ctx, { draftId, rev, data: { ...data, ...words, source, fields } });
    const answer = await call('GET', `/drafts/${draftId}/review`);
    return answer as unknown as { fields: Record<string, string>; plan: unknown[]; yaml: string };
  };

  it('passes a statement whose columns are those of the schema', async () => {
    const { fields, plan, yaml } = await review('select id from orders', ['id']);
    expect(fields).toEqual({});
    expect(plan).toHaveLength(4);
    expect(yaml).toContain(orders);
  });

  it('names the statement’s line, the missing column, the input that may not be read', async () => {
    expect((await review('select id,\nghost from orders', ['id'])).fields['source.sql']).toMatch(
      /^Line 2: /,
    );
    expect((await review('select id from orders', ['id', 'sum'])).fields).toHaveProperty([
      'fields.1.name',
    ]);
    const denied = await review('select id from orders', ['id'], hidden);
    expect(denied.fields['source.inputs.0.product']).toContain('no role in');
    expect(denied.plan).toEqual([]);
  });
});
