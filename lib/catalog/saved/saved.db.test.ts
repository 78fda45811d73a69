import { beforeEach, describe, expect, it } from 'vitest';
import { type Ctx, db, now, setClock, systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import {
  catalogSearchOf,
  deleteSearch,
  listSavedSearches,
  saveSearch,
  tellOfMatches,
  updateSearch,
} from '.';

useTestDatabase();
let ann: Ctx;
let bob: Ctx;
let place: { domainId: string; ownerId: string };

beforeEach(async () => {
  setClock(undefined);
  await db().savedSearch.deleteMany();
  await db().notification.deleteMany();
  const [one, two] = [await makeUser({ name: 'Ann' }), await makeUser({ name: 'Bob' })];
  [ann, bob] = [await ctxOf(one), await ctxOf(two)];
  place = { domainId: (await makeDomain()).id, ownerId: two.id };
});

const names = async (ctx: Ctx) => (await listSavedSearches(ctx)).map(({ name }) => name);
const told = async () =>
  (await db().notification.findMany({ orderBy: { title: 'asc' } })).map(({ title }) => title);

describe('saved searches of the catalogue', () => {
  it('are one’s own, keep words and filters alone, and come back after they were deleted', async () => {
    const query = 'sort=name&tag=b&q=orders&tag=a&view=table&after=24';
    const saved = await saveSearch(ann, { name: ' Orders ', query, isTelling: true });
    expect(saved.query).toBe('q=orders&tag=a&tag=b');
    expect(await listSavedSearches(ann)).toEqual([
      { id: saved.searchId, name: 'Orders', query: saved.query, isTelling: true },
    ]);
    expect(await names(bob)).toEqual([]);
    for (const attempt of [
      updateSearch(bob, { searchId: saved.searchId, name: 'Mine' }),
      deleteSearch(bob, { searchId: saved.searchId }),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
    }
    await updateSearch(ann, { searchId: saved.searchId, name: 'All orders' });
    await saveSearch(ann, await deleteSearch(ann, { searchId: saved.searchId }));
    expect(await names(ann)).toEqual(['All orders']);
  });

  it('refuse names that are taken, searches without words and filters, and too many', async () => {
    await saveSearch(ann, { name: 'A', query: 'q=a' });
    const taken = { code: 'conflict', details: { fields: { name: expect.any(String) } } };
    await expect(saveSearch(ann, { name: 'A', query: 'q=b' })).rejects.toMatchObject(taken);
    for (const query of ['', 'sort=name', 'status=draft', `q=${'x'.repeat(201)}`]) {
      await expect(saveSearch(ann, { name: 'B', query })).rejects.toMatchObject({
        name: 'ZodError',
      });
    }
    const userId = ann.actor.type === 'user' ? ann.actor.id : '';
    await db().savedSearch.createMany({
      data: Array.from({ length: 48 }, (_, i) => ({
        id: `s${i}`,
        userId,
        name: `v${i}`,
        query: 'q=a',
      })),
    });
    const both = await Promise.allSettled(
      ['X', 'Y'].map((name) => saveSearch(ann, { name, query: 'q=a' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(saveSearch(systemCtx('t'), { name: 'A', query: 'q=a' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('tell of new products once, while they are switched on', async () => {
    await makeProduct({ ...place, name: 'orders-old', title: 'Old orders' });
    setClock(() => Date.now() + 300_000);
    const { searchId } = await saveSearch(ann, {
      name: 'Orders',
      query: 'q=orders',
      isTelling: true,
    });
    await saveSearch(bob, { name: 'Orders', query: 'q=orders' });
    setClock(undefined);
    expect(await tellOfMatches()).toBe(0);
    await db().savedSearch.updateMany({ data: { checkedAt: now() } });
    await db().$executeRaw`update product_search set "listedAt" = now() - interval '1 day'`;
    await makeProduct({ ...place, name: 'orders-new', title: 'New orders' });
    await makeProduct({ ...place, name: 'parcels', title: 'Parcels' });
    const draft = await makeProduct({
      ...place,
      name: 'orders-draft',
      title: 'Drafted orders',
      status: 'draft',
    });
    await tellOfMatches();
    await tellOfMatches();
    expect(await told()).toEqual(['New orders matches your saved search “Orders”']);
    await db().product.update({ where: { id: draft.id }, data: { status: 'development' } });
    await tellOfMatches();
    expect(await told()).toHaveLength(2);
    await updateSearch(ann, { searchId, isTelling: false });
    await makeProduct({ ...place, name: 'orders-newest', title: 'Newest orders' });
    expect(await tellOfMatches()).toBe(0);
    expect(await told()).toHaveLength(2);
  });

  it('are written in one order, whatever the address’s order', () => {
    expect(catalogSearchOf({ tag: ['b', 'a', 'b'], q: ' x ', sort: 'name', owner: '' })).toBe(
      'q=x&tag=a&tag=b',
    );
  });
});
