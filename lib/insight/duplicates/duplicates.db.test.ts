import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Ctx, db, now, setClock } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { addSnapshot, makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { seedMesh } from '@/lib/runtime/testing/product-draft';
import type { SchemaField } from '@/lib/specs';
import { dismissDuplicate, duplicatesCsv, listDuplicates, restoreDuplicate, sketchDue } from '..';

useTestDatabase();
beforeAll(seedMesh);

const FIELDS: SchemaField[] = [
  { name: 'order_id', type: 'string' },
  { name: 'city', type: 'string' },
  { name: 'placed', type: 'date' },
  { name: 'email', type: 'string', pii: true },
];
const rows = (
  from: number,
) => `SELECT 'order ' || (range + ${from}) AS order_id, 'city ' || ((range + ${from}) % 200) AS city,
  DATE '2026-01-01' + CAST(range % 90 AS INTEGER) AS placed, 'person' || range || '@portolan.example' AS email FROM range(600)`;
const renamed = `SELECT order_id AS nr, city AS town, placed AS day, email AS mail FROM (${rows(0)})`;
const RENAMED = ['nr', 'town', 'day', 'mail'].map((name, at) => ({ ...FIELDS[at]!, name }));

let domain: { id: string; name: string };
let owner: Ctx & { id: string };
beforeEach(async () => {
  setClock(undefined);
  // What the test before made is served no more.
  await db().productEnvironment.updateMany({ data: { status: 'removed' } });
  await sketchDue();
  domain = await makeDomain();
  const user = await makeMember(domain.id, 'data_admin');
  owner = { ...(await ctxOf(user)), id: user.id };
});
const make = (name: string, fields: SchemaField[], sql: string, classification = 'internal') =>
  makeLiveProduct({ domainId: domain.id, ownerId: owner.id, name, fields, sql, classification });
const found = async (ctx: Ctx, dismissed = 'false') =>
  (await listDuplicates(ctx, { domain: domain.name, dismissed })).duplicates.map((one) => ({
    pair: [one.a.address, one.b.address].map((address) => address.split('/')[1]).sort(),
    ...{ score: one.score, content: one.content, columns: one.columns.map(({ values }) => values) },
  }));

it('finds copies and renamed copies, and not the same columns with other rows', async () => {
  await make('orders', FIELDS, rows(0));
  await make('orders-copy', FIELDS, rows(0));
  await make('orders-renamed', RENAMED, renamed);
  await make('orders-of-before', FIELDS, rows(100_000));
  expect(await sketchDue()).toBe(4);
  const all = await found(owner);
  expect(all.map((one) => one.pair)).toEqual([
    ['orders', 'orders-copy'],
    ...[
      ['orders', 'orders-renamed'],
      ['orders-copy', 'orders-renamed'],
    ],
  ]);
  expect(all[0]).toMatchObject({ score: 1, content: 1 });
  // Of the renamed one, all but the personal column, which is compared by its name alone.
  expect(all[1]!.score).toBeCloseTo(6 / 8, 9);
  const sketches = JSON.stringify(await db().productSketch.findMany());
  expect(sketches).not.toMatch(/city \d|person\d|@portolan/);
  expect(await sketchDue()).toBe(0);
});

it('tells of values to who may read the rows of both, and of columns to the others', async () => {
  await make('orders', FIELDS, rows(0), 'confidential');
  await make('orders-renamed', RENAMED, renamed, 'confidential');
  await make('orders-of-before', FIELDS, rows(100_000), 'confidential');
  await sketchDue();
  const reader = await ctxOf(await makeUser());
  expect((await found(owner)).map((one) => one.pair)).toEqual([['orders', 'orders-renamed']]);
  expect(await found(reader)).toEqual([
    {
      pair: ['orders', 'orders-of-before'],
      ...{ score: 1, content: null, columns: [null, null, null, null] },
    },
  ]);
});

it('is dismissed with a reason by who answers for one of them, and taken back', async () => {
  await make('orders', FIELDS, rows(0));
  await make('orders-copy', FIELDS, rows(0));
  await sketchDue();
  const products: [string, string] = [`${domain.name}/orders-copy`, `${domain.name}/orders`];
  const reader = await ctxOf(await makeUser());
  const reason = 'One is the archive of the other';
  await expect(dismissDuplicate(reader, { products, reason })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await dismissDuplicate(owner, { products, reason });
  await expect(dismissDuplicate(owner, { products, reason })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await found(owner)).toEqual([]);
  const { duplicates } = await listDuplicates(owner, { domain: domain.name, dismissed: 'true' });
  const csv = await duplicatesCsv(owner, { domain: domain.name, dismissed: 'true' });
  expect(
    csv
      .split('\r\n')
      .slice(1, -1)
      .map((row) => row.split(',').slice(0, 2)),
  ).toEqual(duplicates.map(({ a, b }) => [a.address, b.address]));
  expect(duplicates[0]!.dismissed).toMatchObject({ reason });
  const event = await db().auditEvent.findFirst({ where: { action: 'duplicate.dismiss' } });
  expect(event?.detail).toMatchObject({ reason, products });
  await restoreDuplicate(owner, { products });
  expect(await found(owner)).toHaveLength(1);
  await expect(
    dismissDuplicate(owner, { products: [products[0], products[0]], reason }),
  ).rejects.toMatchObject({ code: 'invalid' });
});

it('looks again at other rows once a day, at once where the old ones are gone, and forgets the retired', async () => {
  const { product } = await make('orders', FIELDS, rows(0));
  await make('orders-copy', FIELDS, rows(0));
  await sketchDue();
  const next = await addSnapshot({ productId: product.id, fields: FIELDS, sql: rows(500_000) });
  expect(await sketchDue()).toBe(0);
  const later = now().getTime() + 86_400_001;
  setClock(() => later);
  expect(await sketchDue()).toBe(1);
  expect(await found(owner)).toEqual([]);
  await addSnapshot({ productId: product.id, fields: FIELDS, sql: rows(0) });
  await db().snapshot.update({ where: { id: next.id }, data: { status: 'removed' } });
  expect(await sketchDue()).toBe(1);
  expect(await found(owner)).toHaveLength(1);
  await db().productEnvironment.updateMany({
    where: { productId: product.id },
    data: { status: 'removed' },
  });
  await sketchDue();
  expect(await db().productSketch.count({ where: { productId: product.id } })).toBe(0);
  expect(await found(owner)).toEqual([]);
});
