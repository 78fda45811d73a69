import { audit } from '@/lib/audit';
import { db, notify, now, systemCtx, transact } from '@/lib/core';
import { withProductLock } from '@/lib/platform';
import { moveProduct } from '@/lib/products/move-product';
import { describeError } from './describe-error';
import { undoCtx } from './driver-ctx';
import { loadRun, logLine, markStep } from './journal';
import type { RunDeps } from './run-deps';

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
  if (run.kind === 'provision' && step.status === 'pending') return { ok: true };
  try {
    await withProductLock(run.productId, async (signal) => {
      await markStep(runId, ordinal, { status: 'undoing' });
      await deps.checkpoint(`${step.name}:undoing`);
      const part = { runId, environment: run.environment, step: step.name, signal };
      await deps.driver(step.driver)?.undo(await undoCtx(run.productId, part, deps));
      await db().resource.deleteMany({
        where: {
          productId: run.productId,
          environment: run.environment,
          capability: step.name,
        },
      });
      await deps.checkpoint(`${step.name}:removed`);
    });
    await markStep(runId, ordinal, { status: 'undone' });
    return { ok: true };
  } catch (error) {
    const { message } = describeError(error);
    await logLine(runId, step.name, `Could not be removed yet: ${message}`, 'warn');
    return { ok: false, message };
  }
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

/**
 * The end of a run that was taken back: nothing of the product stays but its draft and this run's
 * history. `leftover` says what could not be removed.
 */
export async function closeUndone(runId: string, leftover: string | null): Promise<void> {
  await transact(async (tx) => {
    const run = await tx.provisioningRun.findUniqueOrThrow({ where: { id: runId } });
    if (run.status !== 'undoing') return;
    const { productId } = run;
    const status = leftover ? 'failed' : run.cancelledAt ? 'cancelled' : 'undone';
    const error = leftover
      ? `${run.error ?? 'Cancelled.'} Not everything could be removed: ${leftover}`
      : run.error;
    if (!leftover) {
      const where = { productId };
      await tx.resource.deleteMany({ where });
      await tx.productEnvironment.deleteMany({ where });
      await tx.snapshot.deleteMany({ where });
      await tx.qualityIncident.deleteMany({ where });
      await tx.qualityRun.deleteMany({ where });
      await tx.qualityRule.deleteMany({ where });
      await tx.pipelineRun.deleteMany({ where });
      await tx.pipeline.deleteMany({ where });
      await tx.productInput.deleteMany({ where });
      await moveProduct(tx, productId, 'draft');
      await tx.productDraft.updateMany({ where, data: { submittedAt: null } });
    }
    await tx.provisioningRun.update({
      where: { id: runId },
      data: { status, error, finishedAt: now() },
    });
    audit(tx, systemCtx('worker'), {
      action: run.cancelledAt ? 'product.provision.cancelled' : 'product.provision.failed',
      target: { type: 'run', id: runId },
      productId,
      detail: { error, isClean: !leftover },
    });
    await notify(tx, 'portolan_run', runId);
    await notify(tx, 'portolan_product', productId);
  });
}
