import { type Ctx, db } from '@/lib/core';
import { mayReadWhole, requireSignedIn, requireVisibleProduct } from '@/lib/governance';

/**
 * The newest quality run of a product with each rule's result; null before the first. What a rule was told by the
 * data (limits, accepted values, why it was suggested) is for people who may read the rows.
 */
export async function latestQuality(ctx: Ctx, productId: string) {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const product = await requireVisibleProduct(ctx, productId);
  const mayRead = await mayReadWhole(ctx, product);
  const run = await db().qualityRun.findFirst({
    where: { productId, environment: 'production', finishedAt: { not: null } },
    orderBy: { startedAt: 'desc' },
    include: { results: { include: { rule: true } } },
  });
  if (!run) return null;
  return {
    id: run.id,
    snapshotId: run.snapshotId,
    totalRows: run.totalRows === null ? null : Number(run.totalRows),
    scans: run.scans,
    durationMs: run.durationMs,
    scores: run.scores as Record<string, number>,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    results: run.results
      .map(({ rule, ...result }) => ({
        ruleId: rule.id,
        name: rule.name,
        dimension: rule.dimension,
        check: rule.check,
        column: rule.column,
        reason: mayRead ? rule.reason : '',
        passed: result.passed,
        status: result.status,
        value: mayRead ? result.value : null,
        failing: Number(result.failing),
        checked: Number(result.checked),
        score: result.score,
        message: mayRead ? result.message : [rule.check, rule.column].filter(Boolean).join(' of '),
      }))
      .sort((a, b) => a.score - b.score || a.name.localeCompare(b.name)),
  };
}
export type LatestQuality = NonNullable<Awaited<ReturnType<typeof latestQuality>>>;
