import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  enqueue,
  newId,
  notFound,
  notify,
  precondition,
  requireCan,
  transact,
} from '@/lib/core';

export const RunPipelineInput = z.object({
  productId: z.string().min(1).max(100),
  /** `v1`: an older version that is served beside it. */
  environment: z
    .string()
    .regex(/^(production|v\d{1,9})$/, 'Name production or an older version such as v1')
    .default('production'),
});
export type RunPipelineInput = z.input<typeof RunPipelineInput>;

/**
 * Loads a product anew. While a load waits or runs, that one is answered.
 * @throws AppError not_found | forbidden | precondition when the product is not live
 */
export async function runPipelineNow(
  ctx: Ctx,
  raw: RunPipelineInput,
): Promise<{ pipelineRunId: string }> {
  const { productId, environment } = RunPipelineInput.parse(raw);
  return transact(async (tx) => {
    const pipelines: unknown[] =
      await tx.$queryRaw`select "productId" from pipeline where "productId" = ${productId} for update`;
    const product = await tx.product.findUnique({
      where: { id: productId },
      include: { environments: { where: { environment, status: 'live' } } },
    });
    if (!product) throw notFound('The product');
    requireCan(ctx, 'product.operate', product);
    if (pipelines.length === 0 || product.environments.length === 0) {
      throw precondition(
        'The product is not live, so there is nothing to load into. Provision it first.',
      );
    }
    const waiting = await tx.pipelineRun.findFirst({
      where: { productId, environment, status: { in: ['queued', 'running'] } },
    });
    if (waiting) return { pipelineRunId: waiting.id };
    const id = newId();
    await tx.pipelineRun.create({
      data: {
        id,
        productId,
        environment,
        trigger: 'manual',
        requestedBy: ctx.actor.type === 'user' ? ctx.actor.id : null,
      },
    });
    await enqueue(tx, { workflow: 'pipeline', queue: 'pipelines', key: id, args: [id] });
    audit(tx, ctx, {
      action: 'pipeline.run',
      target: { type: 'pipeline_run', id },
      productId,
      domainId: product.domainId,
      detail: { environment },
    });
    await notify(tx, 'portolan_run', id);
    return { pipelineRunId: id };
  });
}
