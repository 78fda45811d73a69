import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, notFound, notify, now, requireCan, transact } from '@/lib/core';
import { isRunCancellable } from './run-lifecycle';

export const CancelRunInput = z.object({ runId: z.string().min(1).max(100) });
export type CancelRunInput = z.input<typeof CancelRunInput>;

/**
 * Asks a provisioning run to stop. The worker aborts the step that runs and takes everything back;
 * cancelling twice is cancelling once.
 * @throws AppError not_found | forbidden | conflict when the run is over or cannot be cancelled
 */
export async function cancelRun(ctx: Ctx, raw: CancelRunInput): Promise<{ runId: string }> {
  const { runId } = CancelRunInput.parse(raw);
  return transact(async (tx) => {
    const run = await tx.provisioningRun.findUnique({
      where: { id: runId },
      include: { product: { select: { domainId: true, ownerId: true } } },
    });
    if (!run) throw notFound('The run');
    requireCan(ctx, 'product.operate', run.product);
    if (run.cancelledAt) return { runId };
    if (!isRunCancellable(run.kind, run.status)) {
      throw conflict(
        run.kind === 'retire'
          ? 'A retirement cannot be cancelled once it has begun.'
          : `The run is ${run.status} and can no longer be cancelled.`,
      );
    }
    const { count } = await tx.provisioningRun.updateMany({
      where: { id: runId, status: { in: ['queued', 'running'] }, cancelledAt: null },
      data: { cancelledAt: now() },
    });
    if (count === 0) throw conflict('The run has just ended. Reload to see how.');
    audit(tx, ctx, {
      action: 'run.cancel',
      target: { type: 'run', id: runId },
      productId: run.productId,
      domainId: run.product.domainId,
    });
    await notify(tx, 'portolan_run', runId);
    return { runId };
  });
}
