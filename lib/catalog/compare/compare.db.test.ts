import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, newId, pool } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { compareProducts } from '.';

useTestDatabase();
const ids: Record<string, string> = {};
let reader: Ctx;
let owner: Ctx;

beforeAll(async () => {
  const sales = await makeDomain({ name: 'sales', title: 'Sales' });
  const boss = await makeMember(sales.id, 'data_admin');
  owner = await ctxOf(boss);
  reader = await ctxOf(await makeUser());
  const make = async (name: string, fields: [string, string][], more = {}) => {
    const made = { domainId: sales.id, ownerId: boss.id, name, title: name };
    const schema = fields.map(([column, type]) => ({ name: column, type }));
    ids[name] = (await makeProduct({ ...made, fields: schema, ...more })).id;
  };
  await make(
    'orders',
    [
      ['customerId', 'long'],
      ['total', 'decimal'],
      ['day', 'date'],
    ],
    { tags: ['money'] },
  );
  await make('bills', [
    ['customer_id', 'long'],
    ['total', 'double'],
    ['payer', 'string'],
  ]);
  await make('unborn', [['id', 'long']], { status: 'draft' });
  await make(
    'wide',
    Array.from({ length: 1500 }, (_, at): [string, string] => [`c${at}`, 'long']),
  );
  const snapshot = (number: number, size: bigint) => ({
    ...{ id: newId(), productId: ids.orders!, environment: 'production', number, status: 'ready' },
    ...{ rowCount: 7n, sizeBytes: size },
  });
  const served = snapshot(2, 300n);
  await db().snapshot.createMany({ data: [snapshot(1, 200n), served] });
  await db().productEnvironment.create({
    data: {
      productId: ids.orders!,
      environment: 'production',
      status: 'live',
      snapshotId: served.id,
    },
  });
  const rule = (name: string) => ({
    id: newId(),
    productId: ids.orders!,
    name,
    dimension: 'accuracy',
    check: 'range',
  });
  const rules = [rule('total is positive'), rule('day is there')];
  await db().qualityRule.createMany({ data: rules });
  await db().qualityRun.create({
    data: {
      ...{ id: newId(), productId: ids.orders!, snapshotId: served.id, finishedAt: new Date() },
      scores: { accuracy: 90, completeness: 100 },
      results: {
        create: rules.map(({ id }, at) => ({
          ...{
            ruleId: id,
            passed: at === 1,
            status: at === 1 ? 'passed' : 'failed',
            failing: 1n,
            checked: 7n,
          },
          ...{ score: 90, message: 'at least 4711' },
        })),
      },
    },
  });
  await db().sloObjective.create({
    data: {
      ...{
        id: newId(),
        productId: ids.orders!,
        key: 'availability',
        kind: 'availability',
        title: 'Availability',
      },
      ...{ origin: 'contract', target: 0.99, since: new Date() },
    },
  });
  const use = (status: number) => ({
    ...{
      id: newId(),
      at: new Date(),
      productId: ids.orders!,
      actorId: boss.id,
      shape: 'rows',
      format: 'json',
      status,
    },
    ...{ rowCount: 1n, sizeBytes: 1n, latencyMs: 1 },
  });
  await db().usageEvent.createMany({ data: [use(200), use(200), use(403)] });
  const term = {
    id: newId(),
    slug: 'invoice-day',
    name: 'Invoice day',
    definition: 'x',
    ownerId: boss.id,
  };
  await db().glossaryTerm.create({ data: term });
  await db().glossaryLink.createMany({
    data: [
      { termId: term.id, productId: ids.orders!, column: 'day', linkedBy: boss.id },
      { termId: term.id, productId: ids.bills!, column: 'payer', linkedBy: boss.id },
    ],
  });
});

const p = ['sales/orders', 'sales/bills'];

describe('a comparison', () => {
  it('shows what each product is, promises and measures, and null for what was never measured', async () => {
    const { products, missing } = await compareProducts(reader, { p });
    expect(missing).toEqual([]);
    expect(products[0]).toMatchObject({
      ...{
        address: 'sales/orders',
        tags: ['money'],
        rowCount: 7,
        sizeBytes: 300,
        keptBytes: 500,
        standing: 'early',
      },
      quality: {
        score: 95,
        rules: 2,
        failingCount: 1,
        failing: [{ name: 'total is positive', status: 'failed' }],
      },
      objectives: [{ key: 'availability', target: 0.99, standing: 'early', sli: null }],
      use: { reads: 2, readers: 1 },
    });
    expect(products[1]).toMatchObject({
      ...{
        address: 'sales/bills',
        quality: null,
        standing: null,
        sizeBytes: null,
        snapshotAt: null,
        price: null,
      },
      use: { reads: 0, readers: 0 },
    });
    // What the data told a rule is for who may read it.
    expect(JSON.stringify(products)).not.toContain('4711');
  });

  it('aligns the columns, by name and by term, and says how similar the products are', async () => {
    const { columns, similarity } = await compareProducts(reader, { p });
    const names = columns.rows.map(({ cells }) => cells.map((cell) => cell?.name ?? null));
    expect(names).toEqual([
      ['customerId', 'customer_id'],
      ['total', 'total'],
      ['day', 'payer'],
    ]);
    expect(columns).toMatchObject({
      total: 3,
      same: 1,
      typesDiffer: 2,
      partial: 0,
      nextAfter: null,
    });
    expect(similarity).toBeCloseTo(1 / 3);
    const different = await compareProducts(reader, { p, only: 'differences' });
    expect(different.columns.rows).toHaveLength(2);
    expect(different.similarity).toBe(similarity);
  });

  it('takes addresses in one text, in their order, each once, and gives columns a page at a time', async () => {
    const all = await compareProducts(reader, {
      p: 'sales/wide,sales/orders,sales/wide',
      limit: 1000,
    });
    expect(all.products.map(({ address }) => address)).toEqual(['sales/wide', 'sales/orders']);
    expect([all.columns.rows.length, all.columns.total, all.columns.nextAfter]).toEqual([
      1000, 1503, 1000,
    ]);
    const rest = await compareProducts(reader, {
      p: ['sales/wide', 'sales/orders'],
      limit: 1000,
      after: 1000,
    });
    expect([rest.columns.rows.length, rest.columns.nextAfter]).toEqual([503, null]);
  });

  it('treats what may not be found as what is not there', async () => {
    const asked = { p: ['sales/orders', 'sales/unborn', 'sales/nothing'] };
    const { products, missing } = await compareProducts(reader, asked);
    expect(products.map(({ address }) => address)).toEqual(['sales/orders']);
    expect(missing).toEqual(['sales/unborn', 'sales/nothing']);
    expect((await compareProducts(owner, asked)).missing).toEqual(['sales/nothing']);
  });

  it.each([['sales/orders'], ['a/b,a/c,a/d,a/e,a/f'], ['sales'], ['a/b/c,d/e'], ['']])(
    'refuses %s',
    async (text) => {
      await expect(compareProducts(reader, { p: text })).rejects.toMatchObject({
        ...{ code: 'invalid', details: { fields: { p: expect.stringMatching(/Name/) } } },
      });
    },
  );

  it('asks as many questions for four products as for two', async () => {
    const count = async (asked: string[]) => {
      const held = pool();
      const before = held.query;
      let questions = 0;
      const counted = (...args: unknown[]) => {
        questions += 1;
        return (before as (...all: unknown[]) => unknown).apply(held, args);
      };
      Object.assign(held, { query: counted });
      await compareProducts(reader, { p: asked });
      Object.assign(held, { query: before });
      return questions;
    };
    const two = await count(p);
    expect(two).toBeGreaterThan(3);
    expect(await count([...p, 'sales/wide', 'sales/nothing'])).toBe(two);
  });
});
