import { db, newId, notFound, notify, now, transact } from '@/lib/core';
import { isOlderVersion } from '@/lib/platform';
import type { Anomaly } from './anomaly/detect';
import { anomaliesOf } from './anomaly/of-product';
import { syncIncidents, tellAnomalies } from './incidents/sync';
import { measureSnapshot } from './measure-snapshot';
import { tellOfVersion } from './of-versions';
import { rulesOf } from './rules-of';
import { sampleRows } from './sample';
import { dimensionScores } from './score';

export interface QualityOutcome {
  id: string;
  /** A line for people. */
  summary: string;
  scores: Record<string, number>;
  /** Rules that were measured, that were met, and that failed with the enforcement `error`. */
  rules: number;
  passed: number;
  failed: number;
}

/**
 * Checks every rule of a product on one snapshot and keeps the results. A rule that is broken is a result, not an
 * error. What is served in production opens and ends incidents; of an older version the owner is told.
 */
export async function runQuality(
  productId: string,
  snapshotId: string,
  options: { signal?: AbortSignal } = {},
): Promise<QualityOutcome> {
  const startedAt = now();
  const begun = performance.now();
  const snapshot = await db().snapshot.findUnique({
    where: { id: snapshotId },
    select: { environment: true },
  });
  if (!snapshot) throw notFound('The snapshot');
  const { environment } = snapshot;
  const rules = await rulesOf(productId, environment);
  const { verdicts, opened, totalRows, scans } = await measureSnapshot(
    productId,
    snapshotId,
    rules,
    options,
  );
  const failing = verdicts.flatMap(({ passed, failing: bad }, at) =>
    !passed && bad > 0 ? [at] : [],
  );
  const samples = await sampleRows(opened, failing, options.signal);
  const results = rules.map((rule, at) => {
    const { value, failing: bad, checked, ...verdict } = verdicts[at]!;
    const sample = samples.get(at) ?? [];
    return { rule, ...verdict, value, failing: BigInt(bad), checked: BigInt(checked), sample };
  });
  const scores = dimensionScores(
    results.map(({ rule, score }) => ({ dimension: rule.dimension, score })),
  );
  const anomalies: Anomaly[] = environment === 'production' ? await anomaliesOf(productId) : [];
  const id = newId();
  const durationMs = Math.round(performance.now() - begun);
  await transact(async (tx) => {
    await tx.qualityRun.create({
      data: {
        id,
        productId,
        snapshotId,
        environment,
        scores,
        totalRows: BigInt(totalRows),
        scans,
        durationMs,
        anomalies: anomalies as object[],
        startedAt,
        finishedAt: now(),
      },
    });
    await tx.qualityResult.createMany({
      data: results.map(({ rule, ...result }) => ({ runId: id, ruleId: rule.id, ...result })),
    });
    const served = await tx.productEnvironment.findFirst({
      where: { productId, environment: 'production', snapshotId },
    });
    if (served && environment === 'production') {
      await syncIncidents(tx, { productId, runId: id, results });
      await tellAnomalies(tx, { productId, snapshotId, anomalies });
    } else if (isOlderVersion(environment)) {
      await tellOfVersion(tx, { productId, environment, runId: id, results });
    }
    await notify(tx, 'portolan_product', productId);
  });
  const passed = results.filter((one) => one.passed).length;
  const failed = results.filter(({ status }) => status === 'failed' || status === 'broken').length;
  const summary = summaryOf(results.length, passed);
  return { id, summary, scores, rules: results.length, passed, failed };
}

function summaryOf(all: number, passed: number): string {
  if (all === 0) return 'No quality rules to check.';
  return `${passed} of ${all} quality ${all === 1 ? 'rule' : 'rules'} met.`;
}
