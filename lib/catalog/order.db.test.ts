import { beforeAll, expect, it } from 'vitest';
import { type Ctx, db, newId } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { searchCatalog } from './search';
import type { SearchCatalogInput } from './search-input';

useTestDatabase();
let ctx: Ctx;
let ownerId: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  const { id: domainId } = await makeDomain();
  const owner = await makeUser();
  [ctx, ownerId] = [await ctxOf(await makeUser()), owner.id];
  for (const name of ['parcels-k', 'parcels-l', 'parcels-p']) {
    ids[name] = (await makeProduct({ domainId, ownerId, name, title: name })).id;
  }
});

const names = async (query: SearchCatalogInput) =>
  (await searchCatalog(ctx, query)).entries.map(({ name }) => name.at(-1)).join('');
const rate = (name: string, score: number) =>
  db().productRating.upsert({
    where: { productId: ids[name]! },
    create: { productId: ids[name]!, count: 3, average: score, score },
    update: { score },
  });

it('by rating follows the reviews at once; what nobody rated comes last', async () => {
  await rate('parcels-l', 3.1);
  await rate('parcels-p', 4.2);
  expect(await names({ sort: 'rating' })).toBe('plk');
  expect(await names({ sort: 'rating', q: 'parcels' })).toBe('plk');
  await rate('parcels-l', 4.5);
  expect(await names({ sort: 'rating' })).toBe('lpk');
  await db().productRating.delete({ where: { productId: ids['parcels-l']! } });
  expect(await names({ sort: 'rating' })).toBe('pkl');
});

it('by relevance puts what is certified first among equal matches, and no further', async () => {
  expect(await names({ q: 'parcels' })).toBe('klp');
  await db().certification.create({
    data: {
      ...{ id: newId(), productId: ids['parcels-p']!, version: '1.0.0', reason: 'Checked.' },
      ...{ certifiedById: ownerId, until: new Date(Date.now() + 86_400_000) },
    },
  });
  expect(await names({ q: 'parcels' })).toBe('pkl');
  expect(await names({ q: 'parcels l' })).toMatch(/^l/);
  const { entries, facets } = await searchCatalog(ctx, { q: 'parcels', certified: ['no'] });
  expect(entries.map(({ name }) => name)).toEqual(['parcels-k', 'parcels-l']);
  expect(facets.certified.map(({ value, count }) => [value, count])).toEqual([
    ['no', 2],
    ['yes', 1],
  ]);
  expect(await names({ certified: ['yes', 'no'] })).toHaveLength(3);
});
