import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, invalid, notFound, now, requireCan, transact } from '@/lib/core';
import { monitorRule } from './registry';
import { enqueueRun, waitingRun } from './schedule';

export const RunMonitorInput = z.object({
  rule: z.string().min(1).max(63),
  /** Only this product; without it every live one. */
  productId: z.string().min(1).max(100).optional(),
});
export type RunMonitorInput = z.input<typeof RunMonitorInput>;

/** Runs a rule of the monitor now. @throws AppError forbidden | invalid | conflict when one waits already */
export async function runMonitorNow(ctx: Ctx, raw: RunMonitorInput): Promise<{ runId: string }> {
  requireCan(ctx, 'monitor.run');
  const { rule, productId } = RunMonitorInput.parse(raw);
  if (!monitorRule(rule)) {
    const message = `The monitor has no rule ${rule}.`;
    throw invalid(message, { rule: message });
  }
  return transact(async (tx) => {
    const product = productId
      ? await tx.product.findUnique({ where: { id: productId }, select: { domainId: true } })
      : null;
    if (productId && !product) throw notFound('This product');
    const waiting = await tx.monitorRun.count({
      where: waitingRun(rule, productId ?? null),
    });
    if (waiting > 0) throw conflict('A run of this rule waits already.');
    const runId = await enqueueRun(tx, {
      rule,
      trigger: 'manual',
      dueAt: now(),
      productId: productId ?? null,
    });
    audit(tx, ctx, {
      action: 'monitor.run',
      target: { type: 'monitor_run', id: runId },
      ...(productId && { productId }),
      ...(product && { domainId: product.domainId }),
      detail: { rule },
    });
    return { runId };
  });
}
