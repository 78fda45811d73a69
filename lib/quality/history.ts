import { z } from 'zod';
import { type Ctx, db, notFound, now } from '@/lib/core';
import { effectivePolicy, requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import type { Anomaly } from './anomaly/detect';
import { loadsOf } from './anomaly/of-product';
import { mayReadRows } from './incidents/scope';
import { type DimensionVerdict, judgeScores } from './judge-scores';

export const HistoryFilter = z.object({
  /** Of how many days. */
  days: z.coerce.number().int().min(1).max(366).default(90),
});
export type HistoryFilter = z.input<typeof HistoryFilter>;

export interface QualityHistory {
  runs: { id: string; at: string; scores: Record<string, number>; rows: number | null }[];
  loads: { at: string; rows: number }[];
  anomalies: Anomaly[];
  dimensions: DimensionVerdict[];
}
const MOST_RUNS = 200;
const DAY_MS = 86_400_000;

/** How a product's quality went: scores by run, rows by load, what is unusual, and what the policy asks for. */
export async function qualityHistory(
  ctx: Ctx,
  productId: string,
  raw: HistoryFilter = {},
): Promise<QualityHistory> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const { days } = HistoryFilter.parse(raw);
  const since = new Date(now().getTime() - days * DAY_MS);
  const [product, runs, loads] = await Promise.all([
    db().product.findUnique({
      where: { id: productId },
      select: { domain: { select: { name: true } } },
    }),
    db().qualityRun.findMany({
      where: {
        productId,
        environment: 'production',
        finishedAt: { not: null },
        startedAt: { gte: since },
      },
      orderBy: { startedAt: 'desc' },
      take: MOST_RUNS,
    }),
    loadsOf(productId, MOST_RUNS),
  ]);
  if (!product) throw notFound('This product');
  const [newest] = runs;
  const scores = (newest?.scores ?? {}) as Record<string, number>;
  return {
    runs: runs.reverse().map((run) => ({
      id: run.id,
      at: run.startedAt.toISOString(),
      scores: run.scores as Record<string, number>,
      rows: run.totalRows === null ? null : Number(run.totalRows),
    })),
    loads: loads
      .filter((load) => load.at >= since)
      .reverse()
      .map(({ at, rows }) => ({ at: at.toISOString(), rows })),
    anomalies: (newest?.anomalies ?? []) as unknown as Anomaly[],
    dimensions: judgeScores(await effectivePolicy(product.domain.name), scores),
  };
}

export interface RuleHistory {
  points: { at: string; score: number; value: number | null; failing: number; status: string }[];
}

/** One rule's results, oldest first. @throws AppError not_found */
export async function ruleHistory(ctx: Ctx, ruleId: string): Promise<RuleHistory> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const rule = await db().qualityRule.findUnique({ where: { id: ruleId } });
  if (!rule) throw notFound('This rule');
  const mayRead = await mayReadRows(ctx, rule.productId);
  const results = await db().qualityResult.findMany({
    where: { ruleId, run: { environment: 'production' } },
    orderBy: { run: { startedAt: 'desc' } },
    take: MOST_RUNS,
    include: { run: { select: { startedAt: true } } },
  });
  return {
    points: results.reverse().map(({ run, score, value, failing, status }) => ({
      at: run.startedAt.toISOString(),
      score,
      value: mayRead ? value : null,
      failing: Number(failing),
      status,
    })),
  };
}
