import { audit } from '@/lib/audit';
import { enqueueCheck, notify, now, systemCtx, type Tx, transact } from '@/lib/core';
import { moveProduct } from '@/lib/products/move-product';
import type { RunScope } from './run-scope';
import { putBack } from './versions/put-back';

/**
 * The end of a run that was taken back. A product that was never live becomes its draft again, with this run's
 * history; one whose staging stays, and one that is live, keep what they have. `leftover` says what could not be
 * removed.
 */
export async function closeUndone(
  runId: string,
  scope: RunScope,
  leftover: string | null,
): Promise<void> {
  await transact(async (tx) => {
    const run = await tx.provisioningRun.findUniqueOrThrow({
      where: { id: runId },
      include: { product: { select: { status: true } } },
    });
    if (run.status !== 'undoing') return;
    const { productId } = run;
    const isHeld = scope.endsHeld && !run.cancelledAt;
    const undone = run.cancelledAt ? 'cancelled' : isHeld ? 'held' : 'undone';
    const error = leftover
      ? `${run.error ?? 'Cancelled.'} Not everything could be removed: ${leftover}`
      : run.error;
    if (!leftover && scope.reopensDraft) await wipe(tx, productId);
    await tx.provisioningRun.update({
      where: { id: runId },
      data: { status: leftover ? 'failed' : undone, error, finishedAt: now() },
    });
    await putBack(tx, productId, error ?? 'Its run was cancelled.');
    audit(tx, systemCtx('worker'), {
      action: `product.${run.kind}.${run.cancelledAt ? 'cancelled' : 'failed'}`,
      target: { type: 'run', id: runId },
      productId,
      detail: { error, isClean: !leftover },
    });
    await notify(tx, 'portolan_run', runId);
    await notify(tx, 'portolan_product', productId);
  });
}

async function wipe(tx: Tx, productId: string): Promise<void> {
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

/** The run ends here; the product stands where its gates let it. `obstacle` says which gate is closed, and why. */
export async function closeStanding(runId: string, obstacle: string | null): Promise<void> {
  await transact(async (tx) => {
    const { count } = await tx.provisioningRun.updateMany({
      where: { id: runId, status: 'running' },
      data: { status: obstacle ? 'held' : 'succeeded', error: obstacle, finishedAt: now() },
    });
    if (count === 0) return;
    const { productId, kind } = await tx.provisioningRun.findUniqueOrThrow({
      where: { id: runId },
    });
    if (obstacle) await putBack(tx, productId, obstacle);
    audit(tx, systemCtx('worker'), {
      action: obstacle ? 'product.gate.closed' : 'product.tested',
      target: { type: 'run', id: runId },
      productId,
      detail: { kind, ...(obstacle && { reason: obstacle.slice(0, 500) }) },
    });
    await enqueueCheck(tx, productId);
    await notify(tx, 'portolan_product', productId);
    await notify(tx, 'portolan_run', runId);
  });
}
