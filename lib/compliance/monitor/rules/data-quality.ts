import { pool } from '@/lib/core';
import { type EffectivePolicy, refLabel } from '@/lib/governance';
import { metricOf } from '@/lib/quality';
import { isDuration, meetsThreshold, parseDuration, parseThreshold } from '@/lib/specs';
import { defineMonitorRule, type EvidenceRow, type MonitoredProduct, type Problem } from '../rule';

interface FailedCheck {
  name: string;
  dimension: string;
  column: string | null;
  failing: number;
  checked: number;
  score: number;
}
interface Facts {
  /** Share of good rows by dimension, 0 to 100; empty before the first check. */
  scores: Record<string, number>;
  failed: FailedCheck[];
  /** When the rows that are served were written. */
  writtenAt: Date | null;
}
/** Spec, "Compliance Monitoring": hourly, warning. */
export const dataQuality = defineMonitorRule<Facts>({
  id: 'data_quality',
  title: 'Live data is as good as the policy asks for',
  about: 'The latest quality check and the age of the rows, against the domain’s thresholds',
  frequency: 'hourly',
  level: 'warning',
  regulations: [],
  load,
  judge: (product, facts, at) =>
    Object.entries(product.policy.quality).flatMap(([metric, requirement]) =>
      metric === 'freshness'
        ? tooOld(product, facts, requirement, at)
        : tooLow(product, facts, metric, requirement),
    ),
  examples: {
    pass: [
      { facts: { scores: {}, failed: [], writtenAt: null } },
      {
        facts: {
          scores: { completeness: 98, accuracy: 99.4, uniqueness: 100 },
          failed: [],
          writtenAt: new Date('2025-12-31T23:30:00Z'),
        },
      },
      {
        domain: 'marketing',
        facts: { scores: {}, failed: [], writtenAt: new Date('2025-12-31T21:00:00Z') },
      },
    ],
    fail: [
      { facts: { scores: { completeness: 97.9 }, failed: [], writtenAt: null } },
      { facts: { scores: { uniqueness: 98 }, failed: [], writtenAt: null } },
      { domain: 'finance', facts: { scores: { accuracy: 99.4 }, failed: [], writtenAt: null } },
      { facts: { scores: {}, failed: [], writtenAt: new Date('2025-12-31T22:00:00Z') } },
    ],
  },
});

type Requirement = EffectivePolicy['quality'][string];

function tooLow(
  product: MonitoredProduct,
  { scores, failed }: Facts,
  metric: string,
  { threshold }: Requirement,
): Problem[] {
  const required = parseThreshold(threshold.value);
  const measured = Object.entries(scores).filter(([dimension]) => metricOf(dimension) === metric);
  if (!required || measured.length === 0) return [];
  const value = Math.min(...measured.map(([, score]) => score));
  const isMet = meetsThreshold({ value, unit: required.unit }, required);
  if (isMet !== false) return [];
  const own = failed.filter((one) => metricOf(one.dimension) === metric);
  const rows: EvidenceRow[] = own.map(({ name, column, failing, checked, score }) => ({
    Check: name,
    Column: column ?? 'the table',
    'Bad rows': failing,
    'Rows checked': checked,
    'Good, %': score,
  }));
  return [
    {
      key: metric,
      title: `${metric} of ${product.title} is too low`,
      message: `${value}% of the rows are good; the policy asks for ${threshold.value} (${refLabel(threshold.from)}). Mend the source, then load again.`,
      evidence: rows.length > 0 ? rows : [{ Metric: metric, 'Good, %': value }],
    },
  ];
}

function tooOld(
  product: MonitoredProduct,
  { writtenAt }: Facts,
  { threshold }: Requirement,
  at: Date,
): Problem[] {
  const required = parseDuration(threshold.value) ?? parseThreshold(threshold.value);
  if (!required || !isDuration(required) || !writtenAt) return [];
  const age = at.getTime() - writtenAt.getTime();
  if (meetsThreshold({ value: age, unit: 'ms' }, required, '<=') !== false) return [];
  return [
    {
      key: 'freshness',
      title: `${product.title} is not fresh`,
      message: `Its rows were written at ${writtenAt.toISOString()}; the policy asks for rows no older than ${threshold.value} (${refLabel(threshold.from)}). Load it, or give it a schedule.`,
      evidence: [
        { Written: writtenAt.toISOString(), 'Age in hours': Math.round(age / 360_000) / 10 },
      ],
    },
  ];
}

const LATEST = `select p.id as "productId", q.id as "runId", q.scores, s."createdAt" as "writtenAt"
  from product p
  left join product_environment e on e."productId" = p.id and e.environment = 'production'
  left join snapshot s on s.id = e."snapshotId"
  left join lateral (select id, scores from quality_run where "productId" = p.id and environment = 'production'
    and "finishedAt" is not null
    order by "startedAt" desc limit 1) q on true
  where p.id = any($1)`;
const FAILED = `select x."runId", r.name, r.dimension, r."column", x.failing::float8 as failing,
    x.checked::float8 as checked, x.score
  from quality_result x join quality_rule r on r.id = x."ruleId"
  where x."runId" = any($1) and not x.passed order by x.score, r.name`;

interface Latest {
  productId: string;
  runId: string | null;
  scores: Record<string, number> | null;
  writtenAt: Date | null;
}

async function load(products: readonly MonitoredProduct[]) {
  const { rows } = await pool().query<Latest>(LATEST, [products.map((one) => one.id)]);
  const { rows: failed } = await pool().query<FailedCheck & { runId: string }>(FAILED, [
    rows.flatMap((row) => row.runId ?? []),
  ]);
  return new Map<string, Facts>(
    rows.map(({ productId, runId, scores, writtenAt }) => [
      productId,
      { scores: scores ?? {}, writtenAt, failed: failed.filter((one) => one.runId === runId) },
    ]),
  );
}
