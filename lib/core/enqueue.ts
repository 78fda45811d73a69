import type { Tx } from './db';
import { newId } from './ids';

export const QUEUES = [
  'provisioning',
  'access',
  'pipelines',
  'quality',
  'compliance',
  'monitor',
  'insight',
  'maintenance',
] as const;
export type QueueName = (typeof QUEUES)[number];

/**
 * Enqueues a durable workflow inside the caller's transaction: it exists when the change does.
 * `key` is the workflow's id; enqueuing the same key twice is one workflow.
 * Source: DBOS `dbos.enqueue_workflow`.
 */
export async function enqueue(
  tx: Tx,
  job: { workflow: string; queue: QueueName; key: string; args: string[] },
): Promise<void> {
  const args = job.args.map((arg) => JSON.stringify(arg));
  await tx.$executeRaw`select dbos.enqueue_workflow(${job.workflow}, ${job.queue},
    (select coalesce(array_agg(a::json), array[]::json[]) from unnest(${args}::text[]) a),
    workflow_id => ${job.key})`;
}

/**
 * Has the compliance monitor look at a product once this change is committed; without one, at everybody's access.
 */
export async function enqueueCheck(tx: Tx, productId = ''): Promise<void> {
  const key = `monitor-change:${newId()}`;
  await enqueue(tx, { workflow: 'monitor-change', queue: 'monitor', key, args: [productId] });
}
