import { beforeAll, expect, it } from 'vitest';
import { type Ctx, db, pool, setClock } from '@/lib/core';
import { removeMember, setMember } from '@/lib/domains';
import { visibleProducts } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { flushUsage, recordUsage } from '@/lib/serving';
import { getDashboard, type Scope } from '..';
import { hide } from '../testing/hide';

useTestDatabase();
const NOW = Date.parse('2026-03-15T12:00:00Z');
const DAY_MS = 86_400_000;
const WEEK = { range: '7d' } as const;
const NAMES = Array.from({ length: 14 }, (_, n) => `product-${String(n).padStart(2, '0')}`);
let admin: Ctx;
let reader: Ctx;
let stranger: Ctx;
let domainId: string;
let orders: string;
let visits: string;
let many: string[];
beforeAll(async () => {
  setClock(() => NOW);
  const sales = await makeDomain({ name: 'sales' });
  domainId = sales.id;
  const legal = await makeDomain({ name: 'legal' });
  const wide = await makeDomain({ name: 'wide' });
  admin = await ctxOf(await makeMember(sales.id, 'data_admin'));
  reader = await ctxOf(await makeMember(legal.id, 'data_consumer'));
  stranger = await ctxOf(await makeUser());
  const ownerId = idOf(admin);
  const make = async (name: string, of: string) =>
    (await makeProduct({ domainId: of, ownerId, name })).id;
  orders = await make('orders', sales.id);
  visits = await make('visits', legal.id);
  many = await Promise.all(NAMES.map((name) => make(name, wide.id)));
});
const idOf = ({ actor }: Ctx) => (actor as { id: string }).id;

/** What web processes write of so many reads so many days ago. */
async function read(ctx: Ctx, productId: string, count = 1, daysAgo = 0, status = 200) {
  setClock(() => NOW - daysAgo * DAY_MS);
  for (let left = count; left > 0; left -= 1)
    recordUsage(ctx, {
      ...{ productId, shape: 'rows', format: 'json', status, rowCount: 1, sizeBytes: 10 },
      ...{ latencyMs: 1, decisionId: null },
    });
  await flushUsage();
  setClock(() => NOW);
}
async function lines(name: string, scope: Scope = {}, ctx = stranger) {
  const dashboard = name === 'refused_reads' ? 'compliance' : 'value';
  const { charts } = await getDashboard(ctx, dashboard, { ...WEEK, ...scope });
  const { series } = charts.find((one) => one.id === name)!;
  return Object.fromEntries(series.map(({ key, value, values }) => [key, [value, values.at(-1)]]));
}
const across = (scope?: Scope, ctx?: Ctx) => lines('reads_across_domains', scope, ctx);
const mostUsed = async (scope: Scope, ctx = stranger) => {
  const { ranks } = await getDashboard(ctx, 'value', scope);
  return ranks[0]!.rows.map(({ title, cells }) => [title, cells.reads, cells.people]);
};

it('tells reads by the roles of their moment: who joins or leaves a domain later changes no read of before', async () => {
  await read(reader, orders, 3, 2);
  // Its owner, a token of a person, a product in its owner's place, and what is no read of rows.
  await read(admin, orders, 2, 2);
  const token = await ctxOf({ id: idOf(reader) }, { id: 'token', scopes: ['data:read'] });
  await read(token, orders, 1, 2);
  await read({ ...reader, readerId: visits }, orders, 1, 2);
  await read(reader, orders, 4, 2, 403);
  const scopes = [{}, { domain: 'sales' }, { domain: 'sales', product: 'orders' }];
  const everywhere = async (expected: unknown) => {
    for (const scope of scopes) expect([scope, await across(scope)]).toEqual([scope, expected]);
  };
  await everywhere({ other: [5, 0], own: [2, 0] });

  const { email } = (reader as { actor: { email: string } }).actor;
  await setMember(admin, { domainId, email, role: 'data_consumer' });
  await everywhere({ other: [5, 0], own: [2, 0] });
  await read(reader, orders, 6);
  await everywhere({ other: [5, 0], own: [8, 6] });
  await removeMember(admin, { domainId, userId: idOf(reader) });
  await read(reader, orders, 2);
  await everywhere({ other: [7, 2], own: [8, 6] });
  expect(await db().usageEvent.count({ where: { productId: orders, inDomain: true } })).toBe(8);

  // A day that is counted again says the same.
  const { rows } = await pool().query(
    `select usage_recount('2026-03-13') as a, usage_recount('2026-03-15') as b`,
  );
  expect(rows).toEqual([{ a: true, b: true }]);
  await everywhere({ other: [7, 2], own: [8, 6] });
});

it('leaves products out that the viewer may not find, of the mesh and of their domain', async () => {
  const hidden = await makeProduct({ domainId, ownerId: idOf(reader), name: 'secrets' });
  await read(stranger, hidden.id, 10);
  await read(stranger, hidden.id, 3, 0, 403);
  const blind = await ctxOf(await makeUser());
  await hide(idOf(blind), ['secrets'], () => visibleProducts(stranger));
  for (const scope of [{}, { domain: 'sales' }]) {
    expect(await across(scope)).toEqual({ other: [17, 12], own: [8, 6] });
    expect(await across(scope, blind)).toEqual({ other: [7, 2], own: [8, 6] });
    expect(await lines('refused_reads', scope)).toEqual({ refused: [7, 3] });
    expect(await lines('refused_reads', scope, blind)).toEqual({ refused: [4, 0] });
    expect((await mostUsed(scope)).map(([title]) => title)).toEqual(['orders', 'secrets']);
    expect(await mostUsed(scope, blind)).toEqual([['orders', 15, 1]]);
  }
});

it('ranks by the reads of the period alone, however much was read in the rest of its months', async () => {
  // Read most in all, and least in the week; and one that nobody reads in it.
  for (const [place, id] of many.entries()) {
    await read(stranger, id, 3 * (place + 1), 9);
    if (place < 13) await read(place % 2 ? reader : admin, id, 14 - place, 1);
  }
  const week = await mostUsed({ ...WEEK, domain: 'wide' });
  const expected = NAMES.slice(0, 10).map((name, at) => [name, 14 - at, at % 2]);
  expect(week).toEqual(expected);
  const month = await mostUsed({ range: '30d', domain: 'wide' });
  expect(month.slice(0, 2)).toEqual([
    ['product-13', 42, 1],
    ['product-12', 41, 1],
  ]);
  expect(month).toHaveLength(10);
  expect(await mostUsed({ ...WEEK, domain: 'wide', product: 'product-13' })).toEqual([]);
  // Counted too high and then again: what a month has at most is more than it was, and rules out none.
  await pool().query(`update usage_day set reads = reads + 50 where day = '2026-03-06T00:00:00Z'`);
  await pool().query(`update usage_day set reads = 1 where day = '2026-03-14T00:00:00Z'`);
  await pool().query(`select usage_recount('2026-03-06'), usage_recount('2026-03-14')`);
  expect(await mostUsed({ ...WEEK, domain: 'wide' })).toEqual(expected);
});
