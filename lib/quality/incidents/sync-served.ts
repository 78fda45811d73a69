import type { Tx } from '@/lib/core';
import type { ResultStatus } from '../run/measured';
import { syncIncidents } from './sync';

/**
 * What the newest check found of rows that have just become the served ones opens and ends incidents; they are not
 * checked again. Rows that were never checked change nothing.
 */
export async function syncServed(tx: Tx, productId: string, snapshotId: string): Promise<void> {
  const run = await tx.qualityRun.findFirst({
    where: { productId, snapshotId, finishedAt: { not: null } },
    orderBy: { startedAt: 'desc' },
  });
  if (!run) return;
  const found = await tx.qualityResult.findMany({
    where: { runId: run.id },
    include: { rule: { select: { id: true, name: true, dimension: true } } },
    orderBy: { ruleId: 'asc' },
  });
  const results = found.map((one) => ({ ...one, status: one.status as ResultStatus }));
  await syncIncidents(tx, { productId, runId: run.id, results });
}
