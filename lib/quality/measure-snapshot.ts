import { db, notFound } from '@/lib/core';
import { type ReadableSnapshot, readableSnapshot } from '@/lib/platform';
import { type LakeFile, scanSql } from '@/lib/platform/lake';
import type { SchemaField } from '@/lib/specs';
import { columnsOf, compileRule, describeRule, type RuleLike, sourcesOf } from './compile';
import { lakeRows } from './run/lake-rows';
import { type Compilation, measure } from './run/measure';
import { judge, type Verdict } from './run/measured';
import { openSources } from './sources';

export interface Opened {
  files: LakeFile[];
  /** True for rows that nobody may be given. A check counts them; somebody's own SQL never meets them. */
  without: string | null;
  sources: ReadonlyMap<string, ReadableSnapshot>;
  rules: Compilation[];
  schema: SchemaField[];
}

/** A snapshot and rules on it, ready to be measured. @throws AppError not_found | precondition */
export async function openRules(
  productId: string,
  snapshotId: string,
  rules: readonly RuleLike[],
): Promise<Opened> {
  const [product, snapshot, { files, without }] = await Promise.all([
    db().product.findUnique({
      where: { id: productId },
      select: { name: true, ownerId: true, domain: { select: { name: true } } },
    }),
    db().snapshot.findUnique({ where: { id: snapshotId }, select: { schema: true } }),
    readableSnapshot(snapshotId, null),
  ]);
  if (!product || !snapshot) throw notFound('The snapshot');
  const schema = snapshot.schema as unknown as SchemaField[];
  const { name, ownerId, domain } = product;
  const sources = await openSources(rules, { name, ownerId, domain: domain.name });
  const columns = columnsOf(schema);
  const compiled = rules.map((rule): Compilation => {
    const refused = sourcesOf(rule).find((address) => sources.problems.has(address));
    if (refused) return { problem: sources.problems.get(refused)! };
    return compileRule(rule, columns, (address) => scanSql(sources.rows.get(address)?.files ?? []));
  });
  return { files, without, sources: sources.rows, rules: compiled, schema };
}

export interface SnapshotMeasure {
  verdicts: (Verdict & { message: string })[];
  opened: Opened;
  totalRows: number;
  scans: number;
}

/**
 * Measures rules on a snapshot and judges them; keeps nothing. What the test suites of a version and the runs of a
 * live product have in common.
 */
export async function measureSnapshot(
  productId: string,
  snapshotId: string,
  rules: readonly RuleLike[],
  options: { signal?: AbortSignal } = {},
): Promise<SnapshotMeasure> {
  const opened = await openRules(productId, snapshotId, rules);
  const rows = lakeRows({ ...opened, inputsOf: (at) => inputsOf(rules[at]!), ...options });
  const { measured, totalRows, scans } = await measure(opened.rules, rows);
  const verdicts = rules.map((rule, at) => {
    const compiled = opened.rules[at]!;
    const isRefused = 'problem' in compiled;
    const verdict = judge(measured[at]!, isRefused ? REFUSED : compiled, totalRows);
    return { ...verdict, message: verdict.message ?? describeRule(rule) };
  });
  return { verdicts, opened, totalRows, scans };
}

const REFUSED = {
  threshold: { mustBe: 0, unit: 'rows', of: 'looked' },
  enforcement: 'error',
} as const;

export function inputsOf(rule: RuleLike): { inputs: Record<string, string>; names: string[] } {
  const config = rule.config as { inputs?: Record<string, string>; names?: string[] } | null;
  return { inputs: config?.inputs ?? {}, names: config?.names ?? [] };
}

/** The rows of a snapshot and of what its rules read, for a statement of the portal's own. */
export const filesOf = ({ files, sources }: Pick<Opened, 'files' | 'sources'>): LakeFile[] => [
  ...files,
  ...[...sources.values()].flatMap((source) => source.files),
];
