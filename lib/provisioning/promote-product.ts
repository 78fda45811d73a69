import { z } from 'zod';
import { type Ctx, precondition, transact } from '@/lib/core';
import { enqueueRun, lockProduct, requireIdle, stepsOfProduct } from './begin-run';
import { gateFacts } from './gates/facts';
import { evaluateGate, obstacleOf } from './gates/gate';
import { GATES } from './gates/registry';

export const PromoteProductInput = z.object({ productId: z.string().min(1).max(100) });
export type PromoteProductInput = z.input<typeof PromoteProductInput>;

/**
 * Brings what was tested in staging to production: blue/green, with the release before kept for a rollback. The
 * gates are computed now and once more by the run. While a promotion is under way, that one is answered.
 * @throws AppError not_found | forbidden | precondition (a closed gate) | conflict
 */
export async function promoteProduct(
  ctx: Ctx,
  raw: PromoteProductInput,
): Promise<{ runId: string }> {
  const { productId } = PromoteProductInput.parse(raw);
  const [steps, facts] = await Promise.all([stepsOfProduct(productId), gateFacts(productId)]);
  const results = await Promise.all(
    [GATES.staging, GATES.production].map((gate) => evaluateGate(gate, facts)),
  );
  return transact(async (tx) => {
    const product = await lockProduct(tx, ctx, productId);
    const { last } = product;
    if (last?.kind === 'promote' && (last.status === 'queued' || last.status === 'running')) {
      return { runId: last.id };
    }
    requireIdle(last);
    if (!facts.stagedSnapshotId) {
      throw precondition('There is nothing in staging to promote. Load a candidate first.');
    }
    const obstacle = results.map(obstacleOf).find((one) => one !== null);
    if (obstacle) throw precondition(obstacle, { gates: results });
    return enqueueRun(tx, ctx, product, { kind: 'promote', steps, publishes: true });
  });
}
