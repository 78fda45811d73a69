import { db, notify, now, pool, transact } from '@/lib/core';

export const STEP_STATUSES = [
  'pending',
  'planning',
  'applying',
  'verifying',
  'done',
  'failed',
  'undoing',
  'undone',
] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

interface StepChange {
  status: StepStatus;
  plan?: object;
  result?: object;
  error?: string | null;
}

/** Writes what a step does now and tells whoever watches the run. */
export async function markStep(runId: string, ordinal: number, change: StepChange): Promise<void> {
  const isStart = change.status === 'planning';
  const isEnd = ['done', 'failed', 'undone'].includes(change.status);
  await transact(async (tx) => {
    await tx.provisioningStep.updateMany({
      where: { runId, ordinal },
      data: {
        ...change,
        ...(isStart && { startedAt: now(), finishedAt: null }),
        ...(isEnd && { finishedAt: now() }),
      },
    });
    await notify(tx, 'portolan_run', runId);
  });
}

/** Appends a log line; one round trip. */
export async function logLine(
  runId: string,
  step: string | null,
  message: string,
  level: 'info' | 'warn' | 'error' = 'info',
): Promise<void> {
  await pool().query(
    `with line as (insert into run_log ("runId", step, level, message) values ($1, $2, $3, $4))
     select pg_notify('portolan_run', $1)`,
    [runId, step, level, message.slice(0, 4000)],
  );
}

export async function loadRun(runId: string) {
  return db().provisioningRun.findUnique({
    where: { id: runId },
    include: { steps: { orderBy: { ordinal: 'asc' } } },
  });
}
