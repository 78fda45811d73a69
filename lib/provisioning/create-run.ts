import { type Ctx, newId, type Tx } from '@/lib/core';
import type { RunStep } from './run-steps';

/** A run with its steps, as they were planned and shown. */
export async function createRun(
  tx: Tx,
  ctx: Ctx,
  run: {
    productId: string;
    kind: 'provision' | 'test' | 'promote';
    steps: RunStep[];
    publishes: boolean;
  },
): Promise<string> {
  const id = newId();
  const { productId, kind, steps, publishes } = run;
  const attempts = await tx.provisioningRun.count({ where: { productId, kind } });
  await tx.provisioningRun.create({
    data: {
      id,
      productId,
      kind,
      attempt: attempts + 1,
      publishes,
      environment: kind === 'promote' ? 'production' : 'staging',
      plan: steps as unknown as object[],
      requestedBy: ctx.actor.type === 'user' ? ctx.actor.id : null,
      steps: {
        create: steps.map((step, ordinal) => ({
          id: newId(),
          ordinal,
          name: step.capability,
          driver: step.driver,
          environment: step.environment,
          plan: step.changes as unknown as object[],
        })),
      },
    },
  });
  return id;
}
