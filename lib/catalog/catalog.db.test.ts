import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, pool, systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { searchCatalog } from './search';
import { suggestCatalog } from './suggest';

useTestDatabase();
let ctx: Ctx;
const names = async (q: string, more: object = {}) =>
  (await searchCatalog(ctx, { q, ...more })).entries.map((entry) => entry.name);

beforeAll(async () => {
  const owner = await makeUser({ email: 'ada@portolan.example', name: 'Ada Byron' });
  ctx = await ctxOf(owner);
  const sales = await makeDomain({ name: 'sales', title: 'Sales' });
  const ops = await makeDomain({ name: 'operations', title: 'Operations' });
  await makeProduct({
    domainId: sales.id,
    ownerId: owner.id,
    name: 'customer-profile',
    title: 'Customer profile',
    tags: ['pii', 'crm'],
    classification: 'confidential',
    fields: [
      { name: 'customerId', type: 'string' },
      { name: 'shipping_address', type: 'string', description: 'Where parcels go' },
    ],
  });
  await makeProduct({
    domainId: sales.id,
    ownerId: owner.id,
    name: 'orders',
    title: 'Orders of customers',
    tags: ['crm'],
    classification: 'internal',
  });
  await makeProduct({
    domainId: ops.id,
    ownerId: owner.id,
    name: 'flights',
    title: 'US flights',
    classification: 'public',
    documentation: 'Delays at every airport, café included.',
  });
  await makeProduct({ domainId: ops.id, ownerId: owner.id, name: 'old', status: 'retired' });
  await makeProduct({ domainId: ops.id, ownerId: owner.id, name: 'secret-draft', status: 'draft' });
});

describe('searchCatalog', () => {
  it('finds by name, title, tag, column, documentation, domain and owner', async () => {
    expect(await names('flights')).toEqual(['flights']);
    expect(await names('pii')).toContain('customer-profile');
    expect(await names('address')).toEqual(['customer-profile']);
    expect(await names('parcels')).toEqual(['customer-profile']);
    expect(await names('CAFE')).toEqual(['flights']);
    expect(await names('operations')).toEqual(['flights']);
    expect((await names('byron')).length).toBe(3);
  });

  it('says why each product was found', async () => {
    const why = async (q: string) =>
      (await searchCatalog(ctx, { q })).entries[0]!.matches.map(
        ({ field, parts }) =>
          `${field}: ${parts.filter((part) => part.isMarked).map((part) => part.text)}`,
      );
    expect(await why('profiles')).toEqual(['title: profile']);
    expect(await why('customer pii')).toEqual(['title: Customer', 'tag: pii']);
    expect(await why('parcels')).toEqual(['column: parcels']);
    expect(await why('cafe')).toEqual(['documentation: café']);
    expect((await searchCatalog(ctx, {})).entries[0]!.matches).toEqual([]);
  });

  it('says what was looked for instead of a mistyped word, and only when that is found', async () => {
    expect((await searchCatalog(ctx, { q: 'custmer profile' })).corrected).toBe('customer profile');
    expect((await searchCatalog(ctx, { q: 'customer' })).corrected).toBeNull();
    expect((await searchCatalog(ctx, { q: 'zzzzqqqq' })).corrected).toBeNull();
  });

  it('takes customerId, customer_id and customerid for the same', async () => {
    for (const q of ['customerId', 'customer_id', 'customer id', 'customerid']) {
      expect((await names(q))[0], q).toBe('customer-profile');
    }
  });

  it('puts the exact name first, then the prefix, and finds unfinished and mistyped words', async () => {
    expect((await names('orders'))[0]).toBe('orders');
    expect((await names('cust'))[0]).toBe('customer-profile');
    expect(await names('fligths')).toContain('flights');
    expect(await names('custmer')).toContain('customer-profile');
    expect(await names('zzzzqqqq')).toEqual([]);
  });

  it('survives every kind of text', async () => {
    const texts = [
      "'",
      '\\',
      '%',
      '_',
      ':*',
      '&|!()',
      '<->',
      'a\0b',
      '💥',
      'x'.repeat(200),
      '日本',
    ];
    for (const q of [...texts, "'; drop table product; --", '$1', '<script>']) {
      await expect(names(q), q).resolves.toBeDefined();
    }
    for (const name of ['domain', 'tag', 'owner']) {
      await expect(names('', { [name]: 'a\0b' }), name).rejects.toMatchObject({ code: 'invalid' });
    }
    expect((await db().product.count()) > 0).toBe(true);
  });

  it('counts a facet by the choices in the others', async () => {
    const all = await searchCatalog(ctx, {});
    expect(all.facets.domain).toEqual([
      { value: 'sales', label: 'Sales', count: 2 },
      { value: 'operations', label: 'Operations', count: 1 },
    ]);
    expect(all.facets.tag[0]).toEqual({ value: 'crm', label: 'crm', count: 2 });
    const some = await searchCatalog(ctx, { domain: 'sales', tag: ['crm'] });
    expect(some.total).toBe(2);
    expect(some.facets.domain.map((facet) => facet.value)).toEqual(['sales']);
    expect(some.facets.classification.length).toBe(2);
  });

  it('hides drafts always and retired products until asked for', async () => {
    expect(await names('')).toEqual(['customer-profile', 'orders', 'flights']);
    expect(await names('', { status: 'retired' })).toEqual(['old']);
    await expect(names('', { status: 'draft' })).rejects.toThrow(/status/);
  });

  it('pages without gaps in each order', async () => {
    for (const sort of ['name', 'newest'] as const) {
      const first = await searchCatalog(ctx, { sort, limit: 2 });
      const rest = await searchCatalog(ctx, { sort, limit: 2, after: first.nextAfter ?? 0 });
      const seen = [...first.entries, ...rest.entries].map((entry) => entry.name);
      expect(new Set(seen).size).toBe(3);
      expect(rest.nextAfter).toBeNull();
    }
  });

  it('follows changes of product, domain and owner', async () => {
    await db().product.updateMany({ where: { name: 'orders' }, data: { title: 'Purchases' } });
    expect(await names('purchases')).toEqual(['orders']);
    await db().domain.updateMany({ where: { name: 'sales' }, data: { title: 'Vertrieb' } });
    expect((await names('vertrieb')).length).toBe(2);
    await db().user.updateMany({ where: { name: 'Ada Byron' }, data: { name: 'Grace Hopper' } });
    expect((await names('hopper')).length).toBe(3);
    expect(await names('byron')).toEqual([]);
  });

  it('suggests while typing', async () => {
    const others = { columns: [], tags: [], terms: [], people: [], domains: [] };
    const { products, ...rest } = await suggestCatalog(ctx, 'fli');
    expect(products).toMatchObject([{ domain: 'operations', name: 'flights' }]);
    expect(rest).toEqual(others);
    expect(await suggestCatalog(ctx, '  ')).toEqual({ products: [], ...others });
    expect(await suggestCatalog(ctx, '%_')).toEqual({ products: [], ...others });
    expect((await suggestCatalog(ctx, 'fligths')).products.map(({ name }) => name)).toEqual([
      'flights',
    ]);
    expect((await suggestCatalog(ctx, 'customerI')).columns).toEqual([{ name: 'customerId' }]);
    expect((await suggestCatalog(ctx, 'cr')).tags).toEqual([{ name: 'crm' }]);
    expect((await suggestCatalog(ctx, 'hop')).people).toMatchObject([{ name: 'Grace Hopper' }]);
    expect((await suggestCatalog(ctx, 'oper')).domains).toMatchObject([{ name: 'operations' }]);
  });

  it('is for the signed-in, and for tokens with the scope', async () => {
    const anonymous: Ctx = { actor: { type: 'anonymous' }, requestId: 'r', via: 'none' };
    await expect(searchCatalog(anonymous, {})).rejects.toMatchObject({ code: 'unauthenticated' });
    const token = { ...ctx, actor: { ...ctx.actor, token: { id: 't', scopes: ['data:read'] } } };
    await expect(searchCatalog(token as Ctx, {})).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('keeps its index when a product has thousands of long columns', async () => {
    const { id: domainId } = await makeDomain();
    const { id: ownerId } = await makeUser();
    const fields = Array.from({ length: 2000 }, (_, index) => ({
      name: `column_${index}_${'x'.repeat(200)}`,
      type: 'string',
      description: `${index} ${'word '.repeat(300)}`,
    }));
    const product = await makeProduct({
      domainId,
      ownerId,
      fields,
      documentation: 'd '.repeat(9e4),
    });
    const found = await pool().query('select 1 from product_search where "productId" = $1', [
      product.id,
    ]);
    expect(found.rowCount).toBe(1);
    expect((await searchCatalog(systemCtx('test'), { q: product.name })).entries.length).toBe(1);
  });
});
