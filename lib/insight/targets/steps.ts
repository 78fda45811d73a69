import { db } from '@/lib/core';
import type { Window } from '../metrics/metric';

/** A target from a moment on, until the next step; null where there is none. */
export interface TargetStep {
  at: string;
  value: number | null;
}
export interface Change {
  at: Date;
  isOwn: boolean;
  value: number | null;
}

const MOST = 2000;

/** What the targets of metrics were in a period: a domain's own, or the mesh's while it had none. */
export async function targetSteps(
  metrics: readonly string[],
  domainId: string | null,
  period: Window,
): Promise<Map<string, TargetStep[]>> {
  const rows = await db().metricTarget.findMany({
    where: {
      metric: { in: [...metrics] },
      setAt: { lt: period.to },
      OR: [{ domainId: null }, ...(domainId ? [{ domainId }] : [])],
    },
    orderBy: [{ setAt: 'desc' }, { id: 'desc' }],
    take: MOST,
    select: { metric: true, domainId: true, value: true, setAt: true },
  });
  const byMetric = Map.groupBy(rows.reverse(), (row) => row.metric);
  return new Map(
    [...byMetric].map(([metric, changes]) => [
      metric,
      stepsOf(
        changes.map((one) => ({ at: one.setAt, isOwn: one.domainId !== null, value: one.value })),
        period,
      ),
    ]),
  );
}

/** Changes, oldest first, as what was in force from each moment of the period on. */
export function stepsOf(changes: readonly Change[], { from, to }: Window): TargetStep[] {
  let [own, mesh]: (number | null)[] = [null, null];
  const steps: TargetStep[] = [];
  for (const { at, isOwn, value } of changes) {
    if (at >= to) break;
    if (isOwn) own = value;
    else mesh = value;
    const inForce = own ?? mesh ?? null;
    const since = at < from ? from : at;
    const last = steps.at(-1);
    if (last && last.at === since.toISOString()) last.value = inForce;
    else if ((last?.value ?? null) !== inForce) {
      steps.push({ at: since.toISOString(), value: inForce });
    }
  }
  return steps[0]?.value === null ? steps.slice(1) : steps;
}
