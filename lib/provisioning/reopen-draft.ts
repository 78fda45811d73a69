import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  enqueue,
  newId,
  notify,
  now,
  precondition,
  transact,
} from '@/lib/core';
import { lockProduct, requireIdle } from './begin-run';

export const ReopenDraftInput = z.object({ productId: z.string().min(1).max(100) });
export type ReopenDraftInput = z.input<typeof ReopenDraftInput>;

/**
 * Takes a product that was never live out of staging and opens its draft again, with all that was entered. The
 * results of its tests stay. @throws AppError not_found | forbidden | precondition | conflict
 */
export async function reopenDraft(ctx: Ctx, raw: ReopenDraftInput): Promise<{ runId: string }> {
  const { productId } = ReopenDraftInput.parse(raw);
  return transact(async (tx) => {
    const product = await lockProduct(tx, ctx, productId);
    requireIdle(product.last);
    if (!['development', 'testing', 'staging'].includes(product.status)) {
      throw precondition(
        `The product is ${product.status}. Only what was never live goes back to its draft.`,
      );
    }
    const run = await tx.provisioningRun.findFirst({
      where: { productId, kind: 'provision' },
      orderBy: { createdAt: 'desc' },
    });
    const { count } = await tx.provisioningRun.updateMany({
      where: { id: run?.id ?? '', status: { in: ['held', 'succeeded'] } },
      data: { status: 'undoing', cancelledAt: now(), finishedAt: null },
    });
    if (!run || count === 0) throw conflict('The run has changed meanwhile. Reload the page.');
    const key = `${run.id}:reopen-${newId()}`;
    await enqueue(tx, { workflow: 'provision', queue: 'provisioning', key, args: [run.id] });
    audit(tx, ctx, {
      action: 'product.reopen',
      target: { type: 'product', id: productId },
      productId,
      domainId: product.domainId,
      detail: { runId: run.id },
    });
    await notify(tx, 'portolan_run', run.id);
    return { runId: run.id };
  });
}
