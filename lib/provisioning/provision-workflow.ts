import { audit } from '@/lib/audit';
import { enqueueCheck, notify, now, systemCtx, transact } from '@/lib/core';
import { moveProduct } from '@/lib/products/move-product';
import { loadRun } from './journal';
import { performStep, type StepOutcome } from './perform-step';
import type { Durable, RunDeps } from './run-deps';
import { beginUndo, closeUndone, type UndoOutcome, undoStep } from './undo-run';
import { recordVersion } from './versions/record-version';

/** Waits between attempts: passing trouble gets a few seconds before the run is taken back. */
const RETRY_MS = [250, 1000, 3000] as const;
const UNDO_RETRY_MS = [250, 1000, 3000, 10_000, 30_000] as const;

/**
 * storage → processing → serving → governance, each planned, applied and verified; undone in reverse
 * when one fails or somebody cancels. A worker that dies is followed by one that goes on at the step
 * that had not finished.
 */
export async function provisionRun(durable: Durable, deps: RunDeps, runId: string): Promise<void> {
  const begun = await durable.step('begin', () => beginRun(runId));
  if (begun === null) return;
  const { steps } = begun;
  // Taken up again while it was being taken back: that goes on.
  let end: StepOutcome = begun.isUndoing ? { ok: false, cause: 'cancelled' } : { ok: true };
  for (let ordinal = 0; ordinal < steps && end.ok; ordinal += 1) {
    end = await attempt(durable, deps, runId, ordinal);
  }
  if (end.ok) {
    end = await durable.step('finish', async () => {
      await deps.checkpoint('finish');
      return finishRun(runId);
    });
  }
  if (end.ok) return;
  const error = end.cause === 'failed' ? end.failure.message : null;
  if (!begun.isUndoing) await durable.step('begin undo', () => beginUndo(runId, error));
  const leftover = await undoAll(durable, deps, runId, steps);
  await durable.step('close', () => closeUndone(runId, leftover));
}

async function attempt(
  durable: Durable,
  deps: RunDeps,
  runId: string,
  ordinal: number,
): Promise<StepOutcome> {
  for (let tried = 0; ; tried += 1) {
    const outcome = await durable.step(`step ${ordinal}`, () => performStep(runId, ordinal, deps));
    if (outcome.ok || outcome.cause === 'cancelled') return outcome;
    const wait = RETRY_MS[tried];
    if (!outcome.failure.isTransient || wait === undefined) return outcome;
    await durable.sleep(wait);
  }
}

/** @returns what could not be removed, in words; null when all is gone */
export async function undoAll(
  durable: Durable,
  deps: RunDeps,
  runId: string,
  steps: number,
): Promise<string | null> {
  for (let ordinal = steps - 1; ordinal >= 0; ordinal -= 1) {
    let outcome: UndoOutcome = { ok: false };
    for (let tried = 0; !outcome.ok && tried <= UNDO_RETRY_MS.length; tried += 1) {
      if (tried > 0) await durable.sleep(UNDO_RETRY_MS[tried - 1] ?? 0);
      outcome = await durable.step(`undo ${ordinal}`, () => undoStep(runId, ordinal, deps));
    }
    if (!outcome.ok) return outcome.message ?? 'A resource is still in use.';
  }
  return null;
}

/** @returns how many steps there are, and whether they are being undone; null when the run is over */
export async function beginRun(
  runId: string,
): Promise<{ steps: number; isUndoing: boolean } | null> {
  await transact(async (tx) => {
    await tx.provisioningRun.updateMany({
      where: { id: runId, status: 'queued' },
      data: { status: 'running', startedAt: now() },
    });
    await notify(tx, 'portolan_run', runId);
  });
  const run = await loadRun(runId);
  if (!run || (run.status !== 'running' && run.status !== 'undoing')) return null;
  return { steps: run.steps.length, isUndoing: run.status === 'undoing' };
}

/** Product, environment and run become live together, unless a cancel came first. */
async function finishRun(runId: string): Promise<StepOutcome> {
  return transact(async (tx) => {
    const { count } = await tx.provisioningRun.updateMany({
      where: { id: runId, status: 'running', cancelledAt: null },
      data: { status: 'succeeded', finishedAt: now() },
    });
    const run = await tx.provisioningRun.findUniqueOrThrow({ where: { id: runId } });
    if (count === 0) {
      return run.status === 'succeeded' ? { ok: true } : { ok: false, cause: 'cancelled' };
    }
    const { productId, environment } = run;
    await moveProduct(tx, productId, 'production');
    const product = await tx.product.findUniqueOrThrow({ where: { id: productId } });
    await tx.productEnvironment.update({
      where: { productId_environment: { productId, environment } },
      data: { status: 'live' },
    });
    await recordVersion(tx, productId);
    audit(tx, systemCtx('worker'), {
      action: 'product.provision',
      target: { type: 'run', id: runId },
      productId,
      domainId: product.domainId,
      detail: { environment, attempt: run.attempt },
    });
    await notify(tx, 'portolan_product', productId);
    await enqueueCheck(tx, productId);
    await notify(tx, 'portolan_run', runId);
    return { ok: true };
  });
}
