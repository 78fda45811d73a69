import { db } from '@/lib/core';
import { type EffectivePolicy, effectivePolicy } from '@/lib/governance';
import type { SuiteResult, SuiteTarget } from '@/lib/provisioning';
import { metricOf, runQuality } from '@/lib/quality';
import { judgeScores } from '@/lib/quality/judge-scores';

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
    ...thresholdResults(run.scores as Record<string, number>, policy),
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
  /** 'passed' | 'warning' | 'failed' | 'broken' */
  status: string;
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
  const isJudgedElsewhere = hasThreshold && result.status !== 'broken';
  const isWarning = result.status === 'warning' || isJudgedElsewhere;
  return { name, status: isWarning ? 'warning' : 'failed', message, detail: { score } };
}

/** The score of each dimension against what the policies ask for. */
export function thresholdResults(
  scores: Record<string, number>,
  policy: Pick<EffectivePolicy, 'quality'>,
): SuiteResult[] {
  return judgeScores(policy, scores).flatMap((verdict) => {
    const { dimension, score, required, enforcement, source, isMet } = verdict;
    if (required === null || metricOf(dimension) === 'freshness') return [];
    return [
      {
        name: `${dimension} threshold`,
        status: isMet ? 'passed' : enforcement === 'error' ? 'failed' : 'warning',
        message: `${score} is measured; ${source} asks for ${required}.`,
        detail: { score, required },
      } satisfies SuiteResult,
    ];
  });
}
