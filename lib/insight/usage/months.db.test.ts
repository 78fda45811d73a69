import { beforeEach, expect, it } from 'vitest';
import { asSuperuser } from '@/lib/audit/testing/superuser';
import { db, newId, pool, setEnv, sqlState } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import { dropOldUsage, prepareUsageMonths, requestRecount } from '..';
import { fromRollUps } from '../testing/usage-events';

const database = useTestDatabase();
const partitions = async () =>
  (
    await pool().query<{ name: string }>(`select inhrelid::regclass::text as name from pg_inherits
      where inhparent = 'usage_event'::regclass order by 1`)
  ).rows.map(({ name }) => name);
const where = async () =>
  (
    await pool().query(
      'select tableoid::regclass::text as name, count(*)::int as rows from usage_event group by 1 order by 1',
    )
  ).rows;
/** The first of the month, so many months ago. */
const month = (ago: number) => {
  const at = new Date();
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - ago, 1));
};
const nameOf = (ago: number) =>
  `usage_event_${month(ago).toISOString().slice(0, 7).replace('-', '_')}`;
const add = (ago: number) =>
  asSuperuser(
    database.current,
    `select usage_add_month('${month(ago).toISOString().slice(0, 10)}')`,
  );
const write = (...ago: number[]) =>
  db().usageEvent.createMany({
    data: ago.map((one) => ({
      ...{ id: newId(), at: month(one), productId: 'orders', shape: 'rows', format: 'json' },
      ...{ status: 200, rowCount: 1, sizeBytes: 1, latencyMs: 1 },
    })),
  });
beforeEach(async () => {
  await pool().query('delete from usage_event');
  await db().usageKept.updateMany({ data: { since: new Date('0001-01-01T00:00:00Z') } });
});

it('are there ahead of time, made once, by the application’s role too', async () => {
  const before = await partitions();
  expect(before).toEqual(
    [nameOf(0), nameOf(-1), nameOf(-2), nameOf(-3), 'usage_event_default'].sort(),
  );
  await asSuperuser(database.current, `drop table ${nameOf(-3)}`);
  expect((await Promise.all([prepareUsageMonths(), prepareUsageMonths()])).sort()).toEqual([0, 1]);
  expect(await partitions()).toEqual(before);
  const other = pool().query(`select usage_add_month('2030-01-01')`);
  expect(sqlState(await other.catch((error: unknown) => error))).toBe('42501');
});

it('refuse no event: one whose month is missing waits, then moves in, and is counted once', async () => {
  await write(2, 2, 1, 0);
  expect(await where()).toEqual([
    { name: nameOf(0), rows: 1 },
    { name: 'usage_event_default', rows: 3 },
  ]);
  const counted = await fromRollUps();
  await add(2);
  await write(2);
  expect(await where()).toEqual(
    [
      { name: nameOf(2), rows: 3 },
      { name: nameOf(0), rows: 1 },
      { name: 'usage_event_default', rows: 1 },
    ].sort((a, b) => a.name.localeCompare(b.name)),
  );
  const reads = (rows: { reads: string }[] | undefined) =>
    rows?.reduce((sum, row) => sum + Number(row.reads), 0);
  expect([reads(counted.days), reads((await fromRollUps()).days)]).toEqual([4, 5]);
});

it('that are old enough are dropped whole, with what came in late for them; figures and newer events stay', async () => {
  setEnv({ PORTOLAN_USAGE_MONTHS: '4' });
  for (const ago of [6, 5, 4]) await add(ago);
  await write(7, 6, 5, 4, 3, 0);
  const counted = await fromRollUps();
  expect(await dropOldUsage()).toEqual([
    ...[6, 5].map((ago) => month(ago).toISOString().slice(0, 7)),
    'late',
  ]);
  expect((await partitions()).filter((name) => [nameOf(6), nameOf(5)].includes(name))).toEqual([]);
  expect((await db().usageEvent.findMany({ orderBy: { at: 'asc' } })).map(({ at }) => at)).toEqual(
    [4, 3, 0].map(month),
  );
  expect(await fromRollUps()).toEqual(counted);
  const { detail } = await db().auditEvent.findFirstOrThrow({ where: { action: 'usage.expire' } });
  expect(detail).toMatchObject({ before: month(4).toISOString() });
  expect(await dropOldUsage()).toEqual([]);

  const admin = await ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));
  const day = (ago: number) => month(ago).toISOString().slice(0, 10);
  await expect(requestRecount(admin, { from: day(5), to: day(4) })).rejects.toMatchObject({
    code: 'precondition',
    message: expect.stringContaining(`Begin on ${day(4)} or later`),
  });
  const { rows } = await pool().query('select usage_recount($1) as done', [day(5)]);
  expect(rows).toEqual([{ done: false }]);
  expect(await fromRollUps()).toEqual(counted);
});

it('of the last 90 days are never dropped', async () => {
  const drop = pool().query('select usage_drop_months(now())');
  expect(sqlState(await drop.catch((error: unknown) => error))).toBe('42501');
});
