import { db } from '@/lib/core';
import { type EffectivePolicy, effectivePolicy, refLabel } from '@/lib/governance';
import type { SuiteResult, SuiteTarget } from '@/lib/provisioning';
import { runQuality } from '@/lib/quality';
import { meetsThreshold, parseThreshold } from '@/lib/specs';

/** What the dimensions of rules are called in policies. */
const METRIC: Record<string, string> = {
  uniqueness: 'consistency',
  validity: 'accuracy',
  timeliness: 'freshness',
};
const metricOf = (dimension: string) => METRIC[dimension] ?? dimension;

/** Every rule on the staged rows, against the thresholds in force. */
export async function qualitySuite(target: SuiteTarget): Promise<SuiteResult[]> {
  const { productId, snapshotId, domain } = target;
  const run = (await checkedRun(target)) ?? (await check(productId, snapshotId));
  const policy = await effectivePolicy(domain);
  const results = run.results.map(({ rule, ...result }) => ({
    ...result,
    name: rule.name,
    dimension: rule.dimension,
  }));
  if (results.length === 0) {
    return [{ name: 'rules', status: 'failed', message: 'No quality rule is switched on.' }];
  }
  return [
    ...results.map((result) => ruleResult(result, policy)),
    ...judgeScores(run.scores as Record<string, number>, policy),
  ];
}

const include = { results: { include: { rule: true } } } as const;

/** What this run has checked already is not checked again. */
const checkedRun = ({ productId, snapshotId, since }: SuiteTarget) =>
  db().qualityRun.findFirst({
    where: { productId, snapshotId, startedAt: { gte: since }, finishedAt: { not: null } },
    orderBy: { startedAt: 'desc' },
    include,
  });

async function check(productId: string, snapshotId: string) {
  const { id } = await runQuality(productId, snapshotId);
  return db().qualityRun.findUniqueOrThrow({ where: { id }, include });
}

interface Result {
  name: string;
  dimension: string;
  passed: boolean;
  failing: bigint;
  checked: bigint;
  score: number;
  message: string;
}

/** A rule that is not met is judged by its dimension's threshold, and is red itself where there is none. */
export function ruleResult(result: Result, policy: Pick<EffectivePolicy, 'quality'>): SuiteResult {
  const { name, passed, failing, checked, score } = result;
  const message = `${result.message}: ${failing} of ${checked} rows break it.`;
  if (passed) return { name, status: 'passed', message: `${result.message}.` };
  const hasThreshold = Object.hasOwn(policy.quality, metricOf(result.dimension));
  return { name, status: hasThreshold ? 'warning' : 'failed', message, detail: { score } };
}

/** The score of each dimension against what the policies ask for. */
export function judgeScores(
  scores: Readonly<Record<string, number>>,
  policy: Pick<EffectivePolicy, 'quality'>,
): SuiteResult[] {
  return Object.entries(policy.quality).flatMap(([metric, { threshold, enforcement }]) => {
    const required = parseThreshold(threshold.value);
    const measured = Object.entries(scores).filter(([dimension]) => metricOf(dimension) === metric);
    if (!required || metric === 'freshness' || measured.length === 0) return [];
    const value = Math.min(...measured.map(([, score]) => score));
    const isMet = meetsThreshold({ value, unit: required.unit }, required);
    const asked = `${refLabel(threshold.from)} asks for ${threshold.value}`;
    return [
      {
        name: `${metric} threshold`,
        status: isMet ? 'passed' : enforcement.value === 'error' ? 'failed' : 'warning',
        message: `${value} is measured; ${asked}.`,
        detail: { value, threshold: threshold.value },
      } satisfies SuiteResult,
    ];
  });
}
