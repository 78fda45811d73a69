import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Ctx, db, pool, setClock, setEnv } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { forgetReaders, getDashboard, getMetric, metricRows } from '..';
import { fromRollUps, WRITE_USAGE } from '../testing/usage-events';

useTestDatabase();
const NOW = Date.parse('2026-11-15T12:00:00Z');
let viewer: Ctx;
let product: { id: string };
let people: { id: string }[];

/** Reads, one by each of the people, on a day. */
const read = (day: string, readers: readonly { id: string }[]) =>
  pool().query(WRITE_USAGE, [
    readers.map(({ id }) => `${day}-${id}-${Math.random()}`),
    readers.map(() => `${day}T10:00:00Z`),
    readers.map(() => product.id),
    readers.map(({ id }) => id),
    ...[readers.map(() => 'rows'), readers.map(() => 200), readers.map(() => 1)],
    ...[readers.map(() => 1), readers.map(() => 1), readers.map(() => false)],
    readers.map(() => false),
  ]);
const rows = async () => (await fromRollUps()).people as { day: Date; userId: string }[];
const figure = (range: Parameters<typeof getMetric>[2]) =>
  getMetric(viewer, 'data_consumers', range);

beforeAll(async () => {
  setClock(() => NOW);
  setEnv({ PORTOLAN_READER_MONTHS: '6' });
  const domain = await makeDomain({ name: 'sales' });
  const owner = await makeUser();
  product = await makeProduct({ domainId: domain.id, ownerId: owner.id, name: 'orders' });
  viewer = await ctxOf(await makeUser());
});
beforeEach(async () => {
  await pool().query(
    `delete from usage_event; delete from usage_hour; delete from usage_day; delete from usage_domain_day;
     delete from usage_reader_day; update usage_kept set "readersSince" = '0001-01-01T00:00:00Z'`,
  );
  people = [await makeUser(), await makeUser(), await makeUser()];
  await read('2026-03-31', people);
  await read('2026-04-01', people.slice(0, 1));
  await read('2026-04-30', people.slice(1));
  await read('2026-05-01', people.slice(0, 2));
  await read('2026-11-10', people);
});

it('is forgotten by whole months, once, by whichever worker; how much was read stays', async () => {
  const before = await fromRollUps();
  const all = await Promise.all([forgetReaders(), forgetReaders()]);
  expect([...new Set(all.flat())].sort()).toEqual(['2026-03', '2026-04']);
  const after = await fromRollUps();
  expect([after.hours, after.days]).toEqual([before.hours, before.days]);
  expect((await rows()).map(({ day }) => day.toISOString().slice(0, 10))).toEqual([
    ...['2026-05-01', '2026-05-01', '2026-11-10', '2026-11-10', '2026-11-10'],
  ]);
  const told = (list: typeof after.domains) =>
    (list as { at: Date; people: string[] }[]).map(({ people: one }) => one.length);
  expect(told(after.domains)).toEqual([0, 0, 0, 2, 3]);
  expect(await forgetReaders()).toEqual([]);
  const audits = await db().auditEvent.findMany({ where: { action: 'usage.forget' } });
  expect(audits.map(({ detail }) => detail)).toContainEqual({ month: '2026-03', rows: 3 });
});

it('and what comes in late for such a month, or is counted again of it, goes in the next round', async () => {
  await forgetReaders();
  await read('2026-04-02', people);
  await pool().query(`select usage_recount('2026-03-31')`);
  expect(await forgetReaders()).toEqual(['2026-03', '2026-04']);
  const { rows: bits } = await pool().query(
    `select count(*)::int as n from usage_day where day < '2026-05-01' and readers <> 0::bit(1024)`,
  );
  expect(bits).toEqual([{ n: 0 }]);
  expect(await rows()).toHaveLength(5);
});

it('figures of days that are known are exact, and there is none of others', async () => {
  const whole = { from: '2026-03-01', to: '2026-05-31' };
  const known = { from: '2026-05-01', to: '2026-05-31', compare: 'previous' } as const;
  expect(await figure(whole)).toMatchObject({ value: 3 });
  expect(await figure(known)).toMatchObject({ value: 2, previous: 3 });
  await forgetReaders();
  const cut = await figure(whole);
  expect(cut).toMatchObject({ value: null, heldFrom: '2026-05-01T00:00:00.000Z' });
  expect(cut.parts.map(({ value }) => value)).toEqual([null]);
  const values = new Map(cut.points.map(({ at, value }) => [at.slice(0, 10), value]));
  expect(values.get('2026-03-30')).toBeNull();
  // A week that begins before is known in part: no figure either.
  expect(values.get('2026-04-27')).toBeNull();
  expect(values.get('2026-05-04')).toBe(0);
  expect((await metricRows(viewer, 'data_consumers', whole)).rows).toMatchObject([
    { at: '2026-05-01T00:00:00.000Z', num: 2 },
  ]);
  const later = await figure(known);
  expect(later).toMatchObject({ value: 2, previous: null });
  expect(later.heldFrom).toBeUndefined();
  expect(later.points[0]).toMatchObject({ value: 2, previous: null });
  expect(await getMetric(viewer, 'data_reads', whole)).toMatchObject({ value: 8 });
});

it('lists say nothing of the readers of days that are forgotten; where they read from stays added up', async () => {
  const whole = { from: '2026-03-01', to: '2026-05-31' };
  const board = () => getDashboard(viewer, 'value', whole);
  const told = async () => {
    const { charts, ranks } = await board();
    const across = charts.find(({ id }) => id === 'reads_across_domains')!;
    const used = ranks.find(({ id }) => id === 'most_used')!;
    return [across.series[0]?.value, used.rows[0]?.cells];
  };
  expect(await told()).toEqual([8, { reads: 8, people: 3, stars: null }]);
  await forgetReaders();
  expect(await told()).toEqual([8, { reads: 8, people: null, stars: null }]);
});

it('of who is deleted nothing leads to them, and their number is given to nobody', async () => {
  const [gone] = people;
  const number = async (id: string) =>
    (await pool().query('select number from usage_reader where "userId" = $1', [id])).rows[0]
      ?.number;
  const before = await number(gone!.id);
  await db().user.delete({ where: { id: gone!.id } });
  expect(await number(gone!.id)).toBeUndefined();
  expect((await rows()).filter(({ userId }) => userId === gone!.id)).toEqual([]);
  const other = await makeUser();
  await read('2026-11-11', [other]);
  expect(await number(other.id)).toBeGreaterThan(before);
  // How many they were stays.
  expect(await figure({ from: '2026-11-10', to: '2026-11-10' })).toMatchObject({ value: 3 });
});
