import { type Ctx, newId, type Tx } from '@/lib/core';
import type { AcceptedStep } from './prepare-product';

/** A provisioning run with its steps, as they were planned and shown. */
export async function createRun(
  tx: Tx,
  ctx: Ctx,
  run: { productId: string; steps: AcceptedStep[] },
): Promise<string> {
  const id = newId();
  const attempts = await tx.provisioningRun.count({
    where: { productId: run.productId, kind: 'provision' },
  });
  await tx.provisioningRun.create({
    data: {
      id,
      productId: run.productId,
      kind: 'provision',
      attempt: attempts + 1,
      plan: run.steps as unknown as object[],
      requestedBy: ctx.actor.type === 'user' ? ctx.actor.id : null,
      steps: {
        create: run.steps.map((step, ordinal) => ({
          id: newId(),
          ordinal,
          name: step.capability,
          driver: step.driver,
          plan: step.changes as unknown as object[],
        })),
      },
    },
  });
  return id;
}
