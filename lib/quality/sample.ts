import { queryRows, scanSql } from '@/lib/platform/lake';
import { ROW } from './checks/define-check';
import { filesOf, type Opened } from './measure-snapshot';
import { badRows, numbered } from './run/plan';

/** How many rows of a rule are pointed at, and for how many rules of a run. */
const MAX_ROWS = 20;
const MAX_RULES = 50;

/** A SELECT over the rows that break a rule, each with its number; null when it is not about single rows. */
export function badRowsSql(opened: Opened, at: number, all = false): string | null {
  const rule = opened.rules[at];
  const bad = rule && !('problem' in rule) ? badRows(rule, all) : null;
  if (bad === null) return null;
  return `(select * from (select *, (${bad}) as __bad from ${numbered(scanSql(opened.files))}) where __bad)`;
}

/**
 * Where some of the rows are that break each failing rule. What is kept of a sample are the rows' numbers in the
 * snapshot: their values stay in its files, are encrypted as those are, and end with them.
 */
export async function sampleRows(
  opened: Opened,
  failing: readonly number[],
  signal?: AbortSignal,
): Promise<Map<number, bigint[]>> {
  const found = new Map<number, bigint[]>();
  const files = filesOf(opened);
  for (const at of failing.slice(0, MAX_RULES)) {
    const bad = badRowsSql(opened, at, true);
    if (!bad) continue;
    const rows = await queryRows(`select ${ROW} as n from ${bad} limit ${MAX_ROWS}`, [], {
      files,
      signal,
    });
    found.set(
      at,
      rows.map(({ n }) => BigInt(Number(n))).sort((a, b) => Number(a - b)),
    );
  }
  return found;
}
