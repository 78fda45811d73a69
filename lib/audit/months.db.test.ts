import { rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { db, newId, pool, setClock, sqlState, systemCtx, transact } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { appendAudit, viaPrisma } from './append';
import { toEntry } from './event';
import { listAudit, prepareAuditMonths, sealCheckpoint, verifyAudit } from './index';
import { asSuperuser, EMPTY_LOG } from './testing/superuser';

const database = useTestDatabase();
const ctx = systemCtx('test');
const MONTHS = [2, 3, 4].map((month) => new Date(Date.UTC(2024, month, 20)));
const STEWARD = {
  type: 'user' as const,
  id: newId(),
  email: 'steward@x.example',
  name: 'S',
  platformRoles: ['steward' as const],
  memberships: [],
};
const PARTITIONS = `select inhrelid::regclass::text as name from pg_inherits
  where inhparent = 'audit_event'::regclass order by 1`;

const partitions = async () =>
  (await pool().query<{ name: string }>(PARTITIONS)).rows.map(({ name }) => name);
const where = async () =>
  (
    await pool().query<{ name: string; rows: number }>(
      'select tableoid::regclass::text as name, count(*)::int as rows from audit_event group by 1 order by 1',
    )
  ).rows;
const add = (month: string) => asSuperuser(database.current, `select audit_add_month('${month}')`);

/** Two rows of each month on chain 3, a checkpoint after each month. */
async function writeMonths(): Promise<void> {
  for (const month of MONTHS) {
    setClock(() => month.getTime());
    const entries = [1, 2].map(() => toEntry(ctx, { action: 'test.write' }));
    await transact(async (tx) => void (await appendAudit(viaPrisma(tx), entries, 3)));
    await sealCheckpoint();
  }
}

beforeEach(async () => {
  setClock(undefined);
  for (const name of await partitions()) {
    if (name.startsWith('audit_event_2024')) {
      await asSuperuser(database.current, `drop table ${name}`);
    }
  }
  await asSuperuser(database.current, ...EMPTY_LOG);
  await rm(path.join(database.current.home, 'checkpoints'), { recursive: true, force: true });
});

describe('months of the log', () => {
  it('are there ahead of time, made once, by the application’s role too', async () => {
    const before = await partitions();
    expect(before).toHaveLength(5);
    const last = before.at(-2)!;
    await asSuperuser(database.current, `drop table ${last}`);
    const made = await Promise.all([prepareAuditMonths(), prepareAuditMonths()]);
    expect(made.sort()).toEqual([0, 1]);
    expect(await partitions()).toEqual(before);
    const create = pool().query(`create table audit_event_2030_01 ()`);
    expect(sqlState(await create.catch((error: unknown) => error))).toBe('42501');
    const other = pool().query(`select audit_add_month('2030-01-01')`);
    expect(sqlState(await other.catch((error: unknown) => error))).toBe('42501');
  });

  it('refuse no row: one whose month is missing waits, then moves in, and the log stays whole', async () => {
    await writeMonths();
    expect(await where()).toEqual([{ name: 'audit_event_default', rows: 6 }]);
    expect(await verifyAudit({ batchSize: 2 })).toMatchObject({ ok: true, rows: 6 });
    for (const month of ['2024-03-01', '2024-04-01', '2024-05-01']) await add(month);
    expect(await where()).toEqual([
      { name: 'audit_event_2024_03', rows: 2 },
      { name: 'audit_event_2024_04', rows: 2 },
      { name: 'audit_event_2024_05', rows: 2 },
    ]);
    expect(await verifyAudit({ batchSize: 2 })).toMatchObject({ ok: true, rows: 6 });
  });

  it('are searched backwards over gaps, whatever holds the rows, page by page', async () => {
    await writeMonths();
    await add('2024-04-01');
    setClock(undefined);
    const entry = toEntry(ctx, { action: 'test.now' });
    await transact(async (tx) => void (await appendAudit(viaPrisma(tx), [entry], 3)));
    const steward = { ...ctx, actor: STEWARD };
    const times: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await listAudit(steward, {}, { limit: 2, after });
      times.push(...page.events.map(({ at }) => at));
      if (!page.nextPage) break;
      after = page.nextPage;
    }
    const old = MONTHS.flatMap((month) => [month, month].map((at) => at.toISOString())).reverse();
    expect(times).toEqual([entry.at.toISOString(), ...old]);
    const count = async (filter: Parameters<typeof listAudit>[1]) =>
      (await listAudit(steward, filter)).events.length;
    expect(await count({ action: 'test.write' })).toBe(6);
    expect(await count({ kind: 'system', text: 'test.write' })).toBe(6);
    expect(await count({ from: MONTHS[1]! })).toBe(5);
    expect(await count({ to: MONTHS[1]! })).toBe(2);
    expect(await count({ from: MONTHS[1]!, to: MONTHS[2]! })).toBe(2);
    expect(await count({ to: new Date(0) })).toBe(0);
  });

  it('are append-only for every role, one by one', async () => {
    await writeMonths();
    await add('2024-03-01');
    const owner = new pg.Client({ connectionString: database.current.ownerUrl });
    await owner.connect();
    const changes = ['audit_event', 'audit_event_2024_03', 'audit_event_default'].flatMap(
      (name) => [`update ${name} set action = 'x'`, `delete from ${name}`, `truncate ${name}`],
    );
    changes.push('delete from audit_head', 'truncate audit_head', 'update audit_head set seq = 0');
    try {
      for (const sql of changes) {
        for (const role of [owner, pool()]) {
          const failure = await role.query(sql).catch((error: unknown) => error);
          expect(sqlState(failure), sql).toBe('42501');
        }
      }
      const direct = pool().query('select 1 from audit_event_2024_03');
      expect(sqlState(await direct.catch((error: unknown) => error))).toBe('42501');
    } finally {
      await owner.end();
    }
    expect(await db().auditEvent.count()).toBe(6);
  });
});

describe('a month that is gone', () => {
  const drops: [string, string, object][] = [
    [
      'dropped at the beginning',
      'drop table audit_event_2024_03',
      { seq: '1', problem: 'missing' },
    ],
    ['dropped in the middle', 'drop table audit_event_2024_04', { seq: '3', problem: 'missing' }],
    [
      'detached in the middle',
      'alter table audit_event detach partition audit_event_2024_04',
      { seq: '3', problem: 'missing' },
    ],
    ['dropped at the end', 'drop table audit_event_2024_05', { seq: '5', problem: 'truncated' }],
  ];
  it.each(drops)('is found: %s', async (_name, sql, expected) => {
    for (const month of ['2024-03-01', '2024-04-01', '2024-05-01']) await add(month);
    await writeMonths();
    expect(await verifyAudit()).toMatchObject({ ok: true, rows: 6 });
    await asSuperuser(database.current, sql);
    const report = await verifyAudit({ batchSize: 2 });
    expect(report).toMatchObject({ ok: false, broken: { chain: 3, ...expected } });
    await asSuperuser(database.current, 'drop table if exists audit_event_2024_04');
  });

  it('is told with the times around it', async () => {
    for (const month of ['2024-03-01', '2024-04-01', '2024-05-01']) await add(month);
    await writeMonths();
    await asSuperuser(database.current, 'drop table audit_event_2024_04');
    expect(await verifyAudit()).toMatchObject({
      broken: {
        message:
          'Rows 3 to 4 are missing from chain 3, between 2024-03-20T00:00:00.000Z and 2024-05-20T00:00:00.000Z.',
      },
    });
  });
});
