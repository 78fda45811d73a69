import { type Ctx, db, notFound, requireCan } from '@/lib/core';

/** A product's schedule and its newest loads, for the people who operate it. */
export async function pipelineOverview(ctx: Ctx, productId: string) {
  const product = await db().product.findUnique({
    where: { id: productId },
    include: {
      pipeline: true,
      pipelineRuns: { orderBy: { createdAt: 'desc' }, take: 50 },
    },
  });
  if (!product) throw notFound('The product');
  requireCan(ctx, 'product.operate', product);
  return {
    schedule: product.pipeline?.schedule ?? 'manual',
    nextRunAt: product.pipeline?.nextRunAt?.toISOString() ?? null,
    runs: product.pipelineRuns.map((run) => ({
      id: run.id,
      trigger: run.trigger,
      status: run.status,
      error: run.error,
      rowsRead: run.rowsRead === null ? null : Number(run.rowsRead),
      rowsWritten: run.rowsWritten === null ? null : Number(run.rowsWritten),
      createdAt: run.createdAt.toISOString(),
      startedAt: run.startedAt?.toISOString() ?? null,
      finishedAt: run.finishedAt?.toISOString() ?? null,
    })),
  };
}
export type PipelineOverview = Awaited<ReturnType<typeof pipelineOverview>>;
