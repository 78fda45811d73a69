import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  invalid,
  newId,
  notFound,
  now,
  requireCan,
  transact,
} from '@/lib/core';
import { requireMetric } from '../figures/scope';
import type { Metric } from '../metrics/metric';
import { latestTarget } from './targets-of';

export const SetTargetInput = z.object({
  metric: z.string().min(1).max(63),
  /** A domain's name; without it the target is the mesh's. */
  domain: z.string().min(1).max(63).nullish(),
  /** In the metric's unit; null takes the target away. */
  value: z.number('Write a number').finite().min(-1e15).max(1e15).nullable(),
});
export type SetTargetInput = z.input<typeof SetTargetInput>;

/**
 * Says what a metric should come to, for the mesh (stewards, platform administrators) or a domain (its data admins too). What
 * was set before is kept. @throws AppError not_found | forbidden | invalid | conflict (it is so already)
 */
export async function setMetricTarget(ctx: Ctx, raw: SetTargetInput): Promise<void> {
  const { metric: id, domain, value } = SetTargetInput.parse(raw);
  const metric = requireMetric(id, Boolean(domain));
  requirePossible(metric, value);
  await transact(async (tx) => {
    const found = domain ? await tx.domain.findUnique({ where: { name: domain } }) : null;
    if (domain && !found) throw notFound('This domain');
    const domainId = found?.id ?? null;
    requireCan(ctx, 'insight.target', { domainId: domainId ?? '' });
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`target:${id}:${domainId}`}))`;
    const before = (await latestTarget(tx, id, domainId))?.value ?? null;
    if (before === value) throw conflict('This is the target already.');
    const setById = ctx.actor.type === 'user' ? ctx.actor.id : null;
    await tx.metricTarget.create({
      data: { id: newId(), metric: metric.id, domainId, value, setById, setAt: now() },
    });
    audit(tx, ctx, {
      action: 'insight.target',
      target: { type: 'metric', id: metric.id },
      ...(domainId && { domainId }),
      detail: changed({ target: before }, { target: value }),
    });
  });
}

const MOST: Partial<Record<Metric['unit'], number>> = { percent: 100, stars: 5 };

/** A target is something that the figure can come to. */
function requirePossible({ unit, isChange, mayBeNegative }: Metric, value: number | null): void {
  if (value === null || isChange) return;
  if (value < 0 && !mayBeNegative)
    throw invalid('This figure is never below 0. Give a target from 0 on.');
  const most = MOST[unit];
  if (most !== undefined && value > most)
    throw invalid(`This figure is never above ${most}. Give a target up to ${most}.`);
}
