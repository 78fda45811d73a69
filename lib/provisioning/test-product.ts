import { z } from 'zod';
import { type Ctx, precondition, transact } from '@/lib/core';
import { enqueueRun, lockProduct, requireIdle } from './begin-run';

export const TestProductInput = z.object({ productId: z.string().min(1).max(100) });
export type TestProductInput = z.input<typeof TestProductInput>;

/**
 * Runs the four suites against what is in staging. While a run of tests is under way, that one is answered.
 * @throws AppError not_found | forbidden | precondition | conflict
 */
export async function testProduct(ctx: Ctx, raw: TestProductInput): Promise<{ runId: string }> {
  const { productId } = TestProductInput.parse(raw);
  return transact(async (tx) => {
    const product = await lockProduct(tx, ctx, productId);
    const { last } = product;
    if (last?.kind === 'test' && (last.status === 'queued' || last.status === 'running')) {
      return { runId: last.id };
    }
    requireIdle(last);
    const staged = await tx.productEnvironment.findFirst({
      where: { productId, environment: 'staging', status: 'live' },
    });
    if (!staged) {
      throw precondition(
        'There is nothing in staging to test. Load a candidate into staging first.',
      );
    }
    return enqueueRun(tx, ctx, product, { kind: 'test', steps: [], publishes: false });
  });
}
