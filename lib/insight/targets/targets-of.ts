import { db, type Prisma, type Tx } from '@/lib/core';

const latest = {
  orderBy: [{ setAt: 'desc' }, { id: 'desc' }],
} satisfies Prisma.MetricTargetFindManyArgs;

export const latestTarget = (tx: Tx, metric: string, domainId: string | null) =>
  tx.metricTarget.findFirst({ where: { metric, domainId }, ...latest });

/** The targets in force by metric: a domain's own, or the mesh's where it has none. */
export async function targetsFor(domainId: string | null): Promise<Map<string, number>> {
  const rows = await db().metricTarget.findMany({
    where: { OR: [{ domainId: null }, ...(domainId ? [{ domainId }] : [])] },
    distinct: ['metric', 'domainId'],
    ...latest,
  });
  const of = (own: boolean) => rows.filter((row) => (row.domainId !== null) === own);
  const found = new Map<string, number>();
  for (const { metric, value } of [...of(false), ...of(true)]) {
    if (value !== null) found.set(metric, value);
  }
  return found;
}

export interface TargetChange {
  at: string;
  value: number | null;
  by: string | null;
}

const SHOWN = 20;

/** What was set for a metric of the mesh or a domain, newest first. */
export async function targetHistory(
  metric: string,
  domainId: string | null,
): Promise<TargetChange[]> {
  const rows = await db().metricTarget.findMany({
    where: { metric, domainId },
    ...latest,
    take: SHOWN,
    include: { setBy: { select: { name: true } } },
  });
  return rows.map(({ setAt, value, setBy }) => ({
    at: setAt.toISOString(),
    value,
    by: setBy?.name ?? null,
  }));
}
