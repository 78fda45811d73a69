import { z } from 'zod';
import {
  type Ctx,
  conflict,
  db,
  enqueue,
  newId,
  notFound,
  notify,
  precondition,
  requireCan,
  transact,
} from '@/lib/core';
import { promoteProduct } from './promote-product';
import { retireProduct } from './retire-product';
import { isRunRetryable } from './run-lifecycle';
import { stageProduct } from './stage-product';
import { submitProduct } from './submit-product';
import { testProduct } from './test-product';

export const RetryRunInput = z.object({ runId: z.string().min(1).max(100) });
export type RetryRunInput = z.input<typeof RetryRunInput>;

/**
 * Begins a new run of the same work: the reopened draft as it is now, or the teardown from where it
 * stands. @throws AppError not_found | forbidden | conflict | precondition | invalid (the draft's fields)
 */
export async function retryRun(ctx: Ctx, raw: RetryRunInput): Promise<{ runId: string }> {
  const { runId } = RetryRunInput.parse(raw);
  const run = await db().provisioningRun.findUnique({
    where: { id: runId },
    include: { product: { include: { domain: { select: { name: true } } } } },
  });
  if (!run) throw notFound('The run');
  const { product } = run;
  requireCan(ctx, 'product.operate', product);
  const newest = await db().provisioningRun.findFirst({
    where: { productId: product.id },
    orderBy: { createdAt: 'desc' },
  });
  if (newest && newest.id !== runId) return { runId: newest.id };
  if (!isRunRetryable(run.status)) {
    throw conflict(`The run is ${run.status}; there is nothing to try again.`);
  }
  if (run.kind === 'retire') {
    const confirm = `${product.domain.name}/${product.name}`;
    return retireProduct(ctx, { productId: product.id, confirm, force: true });
  }
  if (run.status === 'failed') return undoAgain(runId);
  if (run.kind === 'test') return testProduct(ctx, { productId: product.id });
  if (run.kind === 'promote') return promoteProduct(ctx, { productId: product.id });
  // What is live already is tried again as a candidate.
  if (product.status === 'production') return stageProduct(ctx, { productId: product.id });
  const draft = await db().productDraft.findUnique({ where: { productId: product.id } });
  if (!draft || draft.submittedAt) {
    throw precondition(
      product.status === 'production'
        ? 'This run loaded a candidate, which is gone. Stage it again under Lifecycle, or put its version in force again under Versions.'
        : 'The draft of this product is no longer there. Start a new product.',
    );
  }
  const { runId: next } = await submitProduct(ctx, { draftId: draft.id, rev: draft.rev });
  return { runId: next };
}

/** What resisted removal is removed first; then the draft is open for a new attempt. */
async function undoAgain(runId: string): Promise<{ runId: string }> {
  return transact(async (tx) => {
    const { count } = await tx.provisioningRun.updateMany({
      where: { id: runId, status: 'failed' },
      data: { status: 'undoing', finishedAt: null },
    });
    if (count === 0) throw conflict('The run is being taken back already.');
    const key = `${runId}:undo-${newId()}`;
    await enqueue(tx, { workflow: 'provision', queue: 'provisioning', key, args: [runId] });
    await notify(tx, 'portolan_run', runId);
    return { runId };
  });
}
