import { DBOS } from '@dbos-inc/dbos-sdk';
import { log, pool } from '@/lib/core';

const LOCK = 4211;

/**
 * Puts runs that a dead worker held back on their queue. One sweep at a time over all workers: two
 * sweeps could otherwise take the same run, the second from the first one's living worker.
 * @returns ids of the runs that were put back
 */
export async function takeOverDeadWork(deadAfterMs: number): Promise<string[]> {
  const client = await pool().connect();
  try {
    await client.query('begin');
    const lock = await client.query<{ held: boolean }>(
      'select pg_try_advisory_xact_lock($1) as held',
      [LOCK],
    );
    if (!lock.rows[0]?.held) return [];
    const { rows } = await client.query<{ id: string; queue: string | null; executor: string }>(
      `select workflow_uuid as id, queue_name as queue, executor_id as executor
       from dbos.workflow_status w
       where status = 'PENDING' and executor_id <> $1
         and not exists (select 1 from heartbeat h where h.kind = 'worker' and h.id = w.executor_id
           and h."seenAt" > clock_timestamp() - make_interval(secs => $2::float8 / 1000))`,
      [DBOS.executorID, deadAfterMs],
    );
    for (const { id, queue, executor } of rows) {
      await DBOS.resumeWorkflow(id, queue ? { queueName: queue } : {});
      log().warn({ workflow: id, executor }, 'took over the run of a worker that is gone');
    }
    return rows.map((row) => row.id);
  } finally {
    await client.query('commit').catch(() => undefined);
    client.release();
  }
}
