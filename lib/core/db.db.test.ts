import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { beforeCommit, db, indexedPool, pool, sqlState, transact } from './db';
import { enqueue } from './enqueue';
import { newId } from './ids';
import { listen, notify } from './notify';

useTestDatabase();

describe('transact', () => {
  it('commits the change, the hooks and the job together', async () => {
    await transact(async (tx) => {
      await tx.setting.create({ data: { key: 'a', value: 1 } });
      beforeCommit(tx, async (inner) => {
        await inner.setting.create({ data: { key: 'hook', value: 2 } });
      });
      await enqueue(tx, { workflow: 'w', queue: 'maintenance', key: 'job-1', args: [newId()] });
    });
    expect(await db().setting.count()).toBe(2);
    const jobs = await db().$queryRaw`select workflow_uuid from dbos.workflow_status`;
    expect(jobs).toEqual([{ workflow_uuid: 'job-1' }]);
  });

  it('leaves nothing behind when it throws', async () => {
    const work = transact(async (tx) => {
      await tx.setting.create({ data: { key: 'b', value: 1 } });
      await enqueue(tx, { workflow: 'w', queue: 'maintenance', key: 'job-2', args: [] });
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    expect(await db().setting.findUnique({ where: { key: 'b' } })).toBeNull();
    expect(
      await db().$queryRaw`select 1 from dbos.workflow_status where workflow_uuid = 'job-2'`,
    ).toEqual([]);
  });

  it('tells listeners on commit', async () => {
    const heard = new Promise<string>(
      (resolve) =>
        void listen('portolan_run', resolve).then(() =>
          transact((tx) => notify(tx, 'portolan_run', 'r1')),
        ),
    );
    expect(await heard).toBe('r1');
  });

  it('refuses the application role a change of the audit log', async () => {
    const change = db().$executeRaw`delete from audit_event`;
    expect(sqlState(await change.catch((error: unknown) => error))).toBe('42501');
  });
});

it('searches on connections that only read and plan once for all values', async () => {
  await expect(indexedPool().query('create table scratch ()')).rejects.toThrow(/read-only/);
  const { rows } = await indexedPool().query(
    `select current_setting('plan_cache_mode') as plans, current_setting('enable_seqscan') as scans`,
  );
  expect(rows).toEqual([{ plans: 'force_generic_plan', scans: 'off' }]);
  const { rows: shared } = await pool().query(`select current_setting('enable_seqscan') as scans`);
  expect(shared).toEqual([{ scans: 'on' }]);
});
