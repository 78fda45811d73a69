import { db, notify, transact } from '@/lib/core';
import { dropAdopted, withProductLock } from '@/lib/platform';
import { describeError } from './describe-error';
import { undoCtx } from './driver-ctx';
import { loadRun, logLine, markStep } from './journal';
import type { RunDeps } from './run-deps';
import { stepKey } from './run-steps';
import { isSuite } from './suites';

export interface UndoOutcome {
  ok: boolean;
  message?: string;
}

/** Takes one step back. Never throws, may run any number of times. */
export async function undoStep(
  runId: string,
  ordinal: number,
  deps: RunDeps,
): Promise<UndoOutcome> {
  const run = await loadRun(runId);
  const step = run?.steps[ordinal];
  if (!run || !step || step.status === 'undone') return { ok: true };
  // A step that never began made nothing; a retirement's steps all begin here.
  if (run.kind !== 'retire' && step.status === 'pending') return { ok: true };
  const key = stepKey(step);
  try {
    await withProductLock(run.productId, async (signal) => {
      await markStep(runId, ordinal, { status: 'undoing' });
      await deps.checkpoint(`${key}:undoing`);
      await takeBack(run, step, signal, deps);
      await deps.checkpoint(`${key}:removed`);
    });
    await markStep(runId, ordinal, { status: 'undone' });
    return { ok: true };
  } catch (error) {
    const { message } = describeError(error);
    await logLine(runId, key, `Could not be removed yet: ${message}`, 'warn');
    return { ok: false, message };
  }
}

type Run = NonNullable<Awaited<ReturnType<typeof loadRun>>>;

async function takeBack(
  run: Run,
  step: Run['steps'][number],
  signal: AbortSignal,
  deps: RunDeps,
): Promise<void> {
  const { productId, candidateId } = run;
  const { environment, name: capability } = step;
  if (isSuite(capability)) return;
  if (environment === 'production' && candidateId) {
    if (capability === 'processing') await dropAdopted(productId, candidateId);
    // A release is served from there already: only what this run brought goes.
    if (await isServed(productId, environment)) return;
  }
  const part = { runId: run.id, environment, step: stepKey(step), signal };
  await deps.driver(step.driver)?.undo(await undoCtx(productId, part, deps));
  await db().resource.deleteMany({ where: { productId, environment, capability } });
}

async function isServed(productId: string, environment: string): Promise<boolean> {
  const found = await db().productEnvironment.findUnique({
    where: { productId_environment: { productId, environment } },
    select: { status: true },
  });
  return found?.status === 'live';
}

/** Marks the run as being taken back; keeps the words of what failed. */
export async function beginUndo(runId: string, error: string | null): Promise<void> {
  await transact(async (tx) => {
    await tx.provisioningRun.updateMany({
      where: { id: runId, status: { in: ['queued', 'running'] } },
      data: { status: 'undoing', error },
    });
    await notify(tx, 'portolan_run', runId);
  });
  await logLine(
    runId,
    null,
    error ? 'Undoing what was made, in reverse.' : 'Cancelled. Undoing what was made, in reverse.',
    'warn',
  );
}
