import { enqueue, log, pool, transact } from '@/lib/core';

/**
 * Runs whose workflow ended without ending the run (the database was away for too long) go on: every
 * step may run again. @returns their ids
 */
export async function reviveRuns(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string; kind: string; tries: number }>(
    `select r.id, r.kind, (select count(*)::int from dbos.workflow_status w
        where w.workflow_uuid = r.id or w.workflow_uuid like r.id || ':%') as tries
     from provisioning_run r
     where r.status in ('queued', 'running', 'undoing')
       and not exists (select 1 from dbos.workflow_status w
         where (w.workflow_uuid = r.id or w.workflow_uuid like r.id || ':%')
           and w.status in ('PENDING', 'ENQUEUED', 'DELAYED'))`,
  );
  for (const { id, kind, tries } of rows.filter((row) => row.tries > 0 && row.tries < 5)) {
    // Two workers may come here together: the key makes it one workflow.
    await transact((tx) =>
      enqueue(tx, {
        workflow: kind,
        queue: 'provisioning',
        key: `${id}:again-${tries}`,
        args: [id],
      }),
    );
    log().warn({ run: id, tries }, 'a run had lost its workflow and goes on');
  }
  return rows.map((row) => row.id);
}
