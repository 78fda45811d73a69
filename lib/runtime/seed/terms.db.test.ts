import { beforeAll, expect, it } from 'vitest';
import { type Ctx, db } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { createDemoTerms } from './terms';

useTestDatabase();

let people: Record<string, Ctx>;
let add: (name: string, columns: string[]) => Promise<unknown>;
beforeAll(async () => {
  const { id: domainId } = await makeDomain({ name: 'operations' });
  const producer = await makeMember(domainId, 'data_producer');
  people = {
    'steward@portolan.example': await ctxOf(await makeUser({ platformRoles: ['steward'] })),
    'producer@portolan.example': await ctxOf(producer),
  };
  add = (name, columns) =>
    makeProduct({
      ...{ domainId, ownerId: producer.id, name, status: 'production' },
      fields: columns.map((column) => ({ name: column, type: 'string' })),
    });
});

const seed = () => createDemoTerms(async (email) => people[email]!);
const terms = async () =>
  (
    await db().glossaryTerm.findMany({ include: { links: true }, orderBy: { createdAt: 'asc' } })
  ).map(({ name, status, links }) => [name, status, links.length]);

it('goes on where it was cut off', async () => {
  await add('airports', ['iata']);
  await expect(seed()).rejects.toMatchObject({ code: 'not_found' });
  expect(await terms()).toEqual([['IATA code', 'approved', 1]]);
  await add('flights', ['origin', 'destination', 'delay']);
  await seed();
  const whole = [
    ['IATA code', 'approved', 3],
    ['Arrival delay', 'draft', 1],
  ];
  expect(await terms()).toEqual(whole);
  await seed();
  expect(await terms()).toEqual(whole);
});
