import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Ctx, db, newId, pool, setClock, setEnv } from '@/lib/core';
import { visibleProducts } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { forgetParts, forgetReaders, getMetric } from '..';
import { hide } from '../testing/hide';
import { WRITE_USAGE } from '../testing/usage-events';

useTestDatabase();
const NOW = Date.parse('2026-03-15T12:00:00Z');
const DAY_MS = 86_400_000;
const TRIED = { environment: 'staging', trigger: 'manual', status: 'succeeded' };
let products: string[];
let draft: string;
let viewer: Ctx;
/** Who finds neither the second nor the third product. */
let stranger: Ctx;
/** The products, and how many days ago. */
const read = (userId: string, ...reads: [product: number, daysAgo: number][]) =>
  pool().query(WRITE_USAGE, [
    reads.map(() => newId()),
    reads.map(([, daysAgo]) => new Date(NOW - daysAgo * DAY_MS)),
    reads.map(([product]) => products[product]),
    reads.map(() => userId),
    ...[reads.map(() => 'rows'), reads.map(() => 200)],
    ...[reads.map(() => 1), reads.map(() => 1), reads.map(() => 1)],
    ...[reads.map(() => false), reads.map(() => false)],
  ]);
/** The figure, that of the period before, and the days that are not empty. */
const people = async (ctx: Ctx, scope: Parameters<typeof getMetric>[2] = {}) => {
  const { value, previous, points } = await getMetric(ctx, 'data_consumers', scope);
  return [value, previous, ...points.flatMap((point) => point.value || [])];
};
const parts = () => db().usagePartDay.count();

beforeAll(async () => {
  setClock(() => NOW);
  const owner = await makeUser();
  const [sales, energy] = [
    await makeDomain({ name: 'sales' }),
    await makeDomain({ name: 'energy' }),
  ];
  const made = ['orders', 'prices', 'margins'].map((name) => ({ name, domainId: sales.id }));
  products = [];
  for (const data of [...made, { name: 'meters', domainId: energy.id }])
    products.push((await makeProduct({ ...data, ownerId: owner.id })).id);
  draft = (
    await makeProduct({ name: 'plans', domainId: sales.id, ownerId: owner.id, status: 'draft' })
  ).id;
  const person = await makeUser();
  [viewer, stranger] = [await ctxOf(await makeUser()), await ctxOf(person)];
  await hide(person.id, ['prices', 'margins'], () => visibleProducts(viewer));
});
beforeEach(async () => {
  await pool().query(
    `delete from usage_event; delete from usage_hour; delete from usage_day; delete from usage_domain_day;
     delete from usage_reader_day; delete from usage_part_day; delete from usage_month`,
  );
  await read('both', [0, 1], [1, 1], [1, 2]);
  await read('hidden', [1, 1], [2, 2]);
  await read('other', [3, 2], [0, 40]);
});

it('count those of what may be found, from days that are added up once', async () => {
  // Of a draft that was tried and never read nothing needs to be left out.
  await db().pipelineRun.create({ data: { id: newId(), productId: draft, ...TRIED } });
  expect(await people(viewer)).toEqual([3, 1, 3, 2]);
  expect(await parts()).toBe(0);
  const found = [2, 1, 1, 1];
  expect(await people(stranger)).toEqual(found);
  // Of the one domain in part: the two days and the one before. Also days of which nothing may be found are known.
  expect(await parts()).toBe(3);
  const before = await db().usagePartDay.findMany();
  expect(await people(stranger)).toEqual(found);
  expect(await db().usagePartDay.findMany()).toEqual(before);
  await pool().query('update usage_part_day set readers = 0::bit(1024)');
  expect(await people(stranger)).toEqual([1, 0, 1]);
});

it('say nothing of a domain in which nothing that is read may be found', async () => {
  const person = await makeUser();
  await hide(person.id, ['meters'], () => visibleProducts(viewer));
  for (const id of ['data_reads', 'data_bytes_served', 'data_consumers', 'innovation_rate']) {
    const { parts: found } = await getMetric(await ctxOf(person), id, {});
    expect([id, found.filter(({ address }) => address === 'energy')]).toEqual([id, []]);
  }
});

it('of a day that was read since it is added up again, and of no other', async () => {
  await people(stranger);
  await pool().query(`update usage_part_day set "madeAt" = '2026-01-01'`);
  await read('late', [0, 1]);
  expect(await people(stranger)).toEqual([3, 1, 1, 2]);
  expect(await people(viewer)).toEqual([4, 1, 3, 3]);
  const fresh = { madeAt: { gt: new Date('2026-01-02') } };
  expect(await db().usagePartDay.count({ where: fresh })).toBe(1);
});

it('of a day that was counted again too, though it had as many reads', async () => {
  await people(stranger);
  await pool().query(`update usage_event set "actorId" = 'both' where "actorId" = 'other'`);
  expect(await people(stranger)).toEqual([2, 1, 1, 1]);
  for (const day of ['2026-03-13', '2026-02-03'])
    await pool().query('select usage_recount($1)', [day]);
  expect(await people(stranger)).toEqual([1, 1, 1, 1]);
});

it('are of each what they may find, asked at once and while people read', async () => {
  const second = await makeUser();
  await hide(second.id, ['orders'], () => visibleProducts(viewer));
  const another = await ctxOf(second);
  const write = async () => {
    for (let turn = 0; turn < 20; turn += 1) await read(`person-${turn}`, [turn % 3, turn % 3]);
  };
  const ask = async (ctx: Ctx) => {
    for (let turn = 0; turn < 10; turn += 1) await people(ctx);
  };
  await Promise.all([write(), ask(stranger), ask(stranger), ask(another), ask(another)]);
  const exact = async (ids: number[]) => {
    const { rows } = await pool().query<{ n: number }>(
      `select count(distinct "actorId")::int as n from usage_event where at >= $1 and "productId" = any($2)`,
      [new Date(NOW - 29.5 * DAY_MS), ids.map((id) => products[id])],
    );
    return rows[0]!.n;
  };
  expect((await people(stranger))[0]).toBe(await exact([0, 3]));
  expect((await people(another))[0]).toBe(await exact([1, 2, 3]));
  expect((await people(viewer))[0]).toBe(await exact([0, 1, 2, 3]));
});

it('are forgotten with the readers, and when nobody asks for them any more', async () => {
  setEnv({ PORTOLAN_READER_MONTHS: '6' });
  await people(stranger);
  expect(await parts()).toBe(3);
  setClock(() => Date.parse('2026-09-01T12:00:00Z'));
  await forgetReaders();
  expect(await parts()).toBe(2);
  expect(await people(stranger, { from: '2026-03-01', to: '2026-03-15' })).toEqual([
    ...[2, null],
    ...[1, 1],
  ]);
  setClock(() => NOW + 30 * DAY_MS);
  expect(await forgetParts()).toBe(0);
  setClock(() => NOW + 30 * DAY_MS + 1);
  expect(await forgetParts()).toBe(2);
  setClock(() => NOW);
});
