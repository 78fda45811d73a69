import { db, enqueue, newId, now, pool, type Tx, transact } from '@/lib/core';
import { etlSpecSchema } from '@/lib/platform';
import { durationToMs, parseSchedule, shiftDate } from '@/lib/specs';

/**
 * When a schedule fires next after `from`; null for manual ones and for kinds that no batch pipeline
 * has. Missed times are not made up for: one run catches up.
 */
export function nextRunAfter(schedule: string, from: Date): Date | null {
  const parsed = parseSchedule(schedule);
  if (parsed?.kind !== 'interval') return null;
  return durationToMs(parsed.every) > 0 ? shiftDate(from, parsed.every, 1) : null;
}

const DUE = `select p."productId", p.schedule, p."nextRunAt" from pipeline p
  join product_environment e on e."productId" = p."productId"
    and e.environment = 'production' and e.status = 'live'
  where p."isEnabled" and p."nextRunAt" <= $1 order by p."nextRunAt" limit 100`;

/**
 * Enqueues a load for every pipeline that is due. Any number of workers may call it: the conditional
 * update of `nextRunAt` lets one of them fire.
 * @returns ids of the pipeline runs that were enqueued
 */
export async function fireDueSchedules(): Promise<string[]> {
  const at = now();
  const { rows } = await pool().query<{ productId: string; schedule: string; nextRunAt: Date }>(
    DUE,
    [at],
  );
  const fired: string[] = [];
  for (const due of rows) {
    const id = await fire(due, at);
    if (id) fired.push(id);
  }
  return [...fired, ...(await fireOlderVersions(at))];
}

/** Older versions go on being loaded, each by its own pipeline, while they are served. */
async function fireOlderVersions(at: Date): Promise<string[]> {
  const due = await db().contractVersion.findMany({
    where: { status: 'deprecated', nextRunAt: { lte: at }, environment: { not: null } },
    orderBy: { nextRunAt: 'asc' },
    take: 100,
    select: { id: true, productId: true, environment: true, etl: true, nextRunAt: true },
  });
  const fired: string[] = [];
  for (const { id, productId, environment, etl, nextRunAt } of due) {
    const schedule = etlSpecSchema.parse(etl).schedule;
    const run = await transact(async (tx) => {
      const { count } = await tx.contractVersion.updateMany({
        where: { id, status: 'deprecated', nextRunAt },
        data: { nextRunAt: nextRunAfter(schedule, at) },
      });
      return count > 0 ? enqueueLoad(tx, productId, environment ?? 'production') : null;
    });
    if (run) fired.push(run);
  }
  return fired;
}

async function enqueueLoad(tx: Tx, productId: string, environment: string): Promise<string> {
  const id = newId();
  await tx.pipelineRun.create({ data: { id, productId, environment, trigger: 'schedule' } });
  await enqueue(tx, { workflow: 'pipeline', queue: 'pipelines', key: id, args: [id] });
  return id;
}

async function fire(
  due: { productId: string; schedule: string; nextRunAt: Date },
  at: Date,
): Promise<string | null> {
  return transact(async (tx) => {
    const { count } = await tx.pipeline.updateMany({
      where: { productId: due.productId, isEnabled: true, nextRunAt: due.nextRunAt },
      data: { nextRunAt: nextRunAfter(due.schedule, at) },
    });
    if (count === 0) return null;
    return enqueueLoad(tx, due.productId, 'production');
  });
}
