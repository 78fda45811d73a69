import { enqueue, log, pool, type QueueName, transact } from '@/lib/core';

interface Lost {
  id: string;
  workflow: string;
  queue: QueueName;
  tries: number;
}

/** A run's workflows are named by its id, later ones by its id, a colon and more. */
const LOST = `with run as (
    select id, case kind when 'retire' then 'retire' else 'provision' end as workflow, 'provisioning' as queue from provisioning_run
      where status in ('queued', 'running', 'undoing')
    union all
    select id, 'pipeline', 'pipelines' from pipeline_run where status in ('queued', 'running')
    union all
    select id, 'campaign-count', 'insight' from campaign_count where status = 'queued'),
  known as (
    select r.id, r.workflow, r.queue, count(w.workflow_uuid)::int as tries,
      count(*) filter (where w.status in ('PENDING', 'ENQUEUED', 'DELAYED')) as living
    from run r
    left join dbos.workflow_status w
      on w.workflow_uuid = r.id or w.workflow_uuid like r.id || ':%'
    group by 1, 2, 3)
  select id, workflow, queue, tries from known where living = 0 and tries > 0`;

/**
 * Runs whose workflow ended without ending the run (the database was away for too long) go on: every
 * step may run again. Called once a minute, which is pause enough. @returns their ids
 */
export async function reviveRuns(): Promise<string[]> {
  const { rows } = await pool().query<Lost>(LOST);
  for (const { id, workflow, queue, tries } of rows) {
    // Two workers may come here together: the key makes it one workflow.
    const key = `${id}:again-${tries}`;
    await transact((tx) => enqueue(tx, { workflow, queue, key, args: [id] }));
    log().warn({ run: id, tries }, 'a run had lost its workflow and goes on');
  }
  return rows.map((row) => row.id);
}
