import { db, newId, notFound, notify, now, transact } from '@/lib/core';
import { readSnapshot } from '@/lib/platform';
import { compileRule, describeRule } from './checks';
import { rulesOf } from './rules-of';
import { dimensionScores, scoreOf } from './score';

interface Measured {
  failing: bigint;
  checked: bigint;
  problem?: string;
}
type Rule = Awaited<ReturnType<typeof rulesOf>>[number];

/**
 * Checks every rule of a product on one snapshot, in one scan, and keeps the results. A rule that is
 * broken is a result, not an error; checking the same snapshot again replaces nothing.
 * @returns the run's id and a line for people
 */
export async function runQuality(
  productId: string,
  snapshotId: string,
): Promise<{ id: string; summary: string; scores: Record<string, number> }> {
  const startedAt = now();
  const snapshot = await db().snapshot.findUnique({
    where: { id: snapshotId },
    select: { schema: true, environment: true },
  });
  if (!snapshot) throw notFound('The snapshot');
  const rules = await rulesOf(productId, snapshot.environment);
  const columns = new Set((snapshot.schema as { name: string }[]).map((field) => field.name));
  const measured = await measure(snapshotId, rules, columns);
  const results = rules.map((rule, index) => {
    const { failing, checked, problem } = measured[index]!;
    const score = problem ? 0 : scoreOf(failing, checked);
    const message = problem ?? describeRule(rule);
    return { rule, failing, checked, score, message, passed: !problem && failing <= 0n };
  });
  const scores = dimensionScores(
    results.map(({ rule, score }) => ({ dimension: rule.dimension, score })),
  );
  const id = newId();
  await transact(async (tx) => {
    await tx.qualityRun.create({
      data: { id, productId, snapshotId, scores, startedAt, finishedAt: now() },
    });
    await tx.qualityResult.createMany({
      data: results.map(({ rule, ...result }) => ({ runId: id, ruleId: rule.id, ...result })),
    });
    await notify(tx, 'portolan_product', productId);
  });
  return {
    id,
    summary: summaryOf(results.length, results.filter((one) => one.passed).length),
    scores,
  };
}

function summaryOf(all: number, passed: number): string {
  if (all === 0) return 'No quality rules to check.';
  return `${passed} of ${all} quality ${all === 1 ? 'rule' : 'rules'} met.`;
}

/** All rules in one aggregate query; should that fail, each alone, so that one bad rule spoils only itself. */
async function measure(
  snapshotId: string,
  rules: Rule[],
  columns: ReadonlySet<string>,
): Promise<Measured[]> {
  const compiled = rules.map((rule) => compileRule(rule, columns));
  const parts = compiled.flatMap((check, index) =>
    'problem' in check ? [] : [{ ...check, index }],
  );
  const results: Measured[] = compiled.map((check) => ({
    failing: 0n,
    checked: 0n,
    ...('problem' in check && { problem: check.problem }),
  }));
  const take = async (some: typeof parts) => {
    const selected = some.map(
      (part, at) =>
        `cast(${part.failing} as bigint) as f${at}, cast(${part.checked} as bigint) as c${at}`,
    );
    const [row] = await readSnapshot(
      snapshotId,
      (relation) => `select ${selected.join(', ')} from ${relation}`,
    );
    some.forEach((part, at) => {
      results[part.index] = {
        failing: BigInt(String(row?.[`f${at}`] ?? 0)),
        checked: BigInt(String(row?.[`c${at}`] ?? 0)),
      };
    });
  };
  if (parts.length === 0) return results;
  try {
    await take(parts);
  } catch {
    for (const part of parts) {
      await take([part]).catch(() => {
        const problem = 'The rule cannot be computed on this column. Check its settings.';
        results[part.index] = { failing: 0n, checked: 0n, problem };
      });
    }
  }
  return results;
}
