import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Ctx, db, newId, pool, setClock, transact } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { getMetric, keepReuse } from '..';

useTestDatabase();
const DAY = 86_400_000;
const NOW = Date.parse('2026-03-15T12:00:00Z');
let viewer: Ctx;
let products: string[];
let domains: string[];
let people: string[];
beforeAll(async () => {
  setClock(() => NOW);
  const ownerId = (await makeUser()).id;
  viewer = await ctxOf(await makeUser());
  domains = [];
  products = [];
  people = [];
  for (const name of ['fields', 'mines', 'mills']) {
    const { id } = await makeDomain({ name });
    domains.push(id);
    const product = await makeProduct({ domainId: id, ownerId, name: `${name}-product` });
    products.push(product.id);
    await db().productEnvironment.create({
      data: { productId: product.id, environment: 'production', status: 'live' },
    });
    for (let person = 0; person < 2; person += 1) {
      const { id: userId } = await makeUser();
      people.push(userId);
      await join(userId, id);
    }
  }
});
const join = (userId: string, domainId: string) =>
  db().membership.create({ data: { userId, domainId, role: 'data_consumer' } });
const leave = (userId: string, domainId: string) =>
  db().membership.deleteMany({ where: { userId, domainId } });
/** Who of `people` read which of `products`, and how many days ago. */
const read = (person: number, product: number, days: number) =>
  pool().query(
    `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
     values ($1, $2, $3, $4, 'query', 'json', 200, 1, 1, 1)`,
    [newId(), new Date(NOW - days * DAY), products[product], people[person]],
  );
const kept = () => db().reuseKept.count();
/** How many domains use the products of each, as it is told whether sets are kept or not. */
async function used(): Promise<Record<string, number | null>> {
  const { parts } = await getMetric(viewer, 'reuse', {});
  return Object.fromEntries(parts.map((part) => [part.address, part.value]));
}
beforeEach(async () => {
  setClock(() => NOW);
  await pool().query('select usage_recount(day::date) from (select distinct day from usage_day) d');
  await db().reuseKept.deleteMany();
});

it('is the same from sets that are kept, which follow late reads and memberships at once', async () => {
  const changes: [() => Promise<unknown>, Record<string, number>, keeps?: boolean][] = [
    [() => read(2, 0, 3), { fields: 1, mines: 0, mills: 0 }],
    [() => read(4, 0, 20), { fields: 2, mines: 0, mills: 0 }],
    // Of its own domain, and too long ago.
    [() => read(0, 0, 5), { fields: 2, mines: 0, mills: 0 }],
    [() => read(0, 1, 40), { fields: 2, mines: 0, mills: 0 }],
    [() => read(0, 2, 0), { fields: 2, mines: 0, mills: 1 }, true],
    [() => join(people[2]!, domains[0]!), { fields: 1, mines: 0, mills: 1 }],
    [() => leave(people[2]!, domains[0]!), { fields: 2, mines: 0, mills: 1 }],
    [() => join(people[4]!, domains[1]!), { fields: 2, mines: 0, mills: 1 }],
    [() => leave(people[4]!, domains[2]!), { fields: 1, mines: 0, mills: 1 }],
  ];
  for (const [change, expected, keeps = false] of changes) {
    await keepReuse();
    expect(await kept()).toBe(1);
    await change();
    expect(await kept()).toBe(keeps ? 1 : 0);
    expect(await used()).toEqual(expected);
    await keepReuse();
    expect(await used()).toEqual(expected);
  }
  // They are what it is made of, today.
  await db().reuseSet.updateMany({ data: { domains: [] } });
  expect(await used()).toEqual({ fields: 0, mines: 0, mills: 1 });
  setClock(() => NOW + DAY);
  expect(await used()).toEqual({ fields: 1, mines: 0, mills: 1 });
  setClock(() => NOW + 27 * DAY);
  await keepReuse();
  expect(await used()).toEqual({ fields: 0, mines: 0, mills: 1 });
});

it('leaves alone what somebody is changing', async () => {
  await transact(async (tx) => {
    await tx.membership.updateMany({ where: { userId: people[0]! }, data: { role: 'data_admin' } });
    expect(await keepReuse()).toBe(false);
  });
  expect(await Promise.all([keepReuse(), keepReuse()])).toContain(true);
  await pool().query('select usage_recount($1)', ['2026-03-12']);
  expect(await kept()).toBe(0);
});
