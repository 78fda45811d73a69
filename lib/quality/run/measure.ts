import { isAppError, log } from '@/lib/core';
import type { CompiledRule } from '../compile';
import type { Measured } from './measured';
import { groupStatement, ownStatement, type Part, sharedPart } from './plan';

type Row = Record<string, unknown>;
export interface Rows {
  /** Runs a trusted statement over the rows. */
  read(statement: (relation: string) => string, rule?: CompiledRule): Promise<Row[]>;
  /** Runs somebody's SELECT in the sandbox: its first row. */
  sandbox(sql: string, at: number): Promise<unknown[] | null>;
}
export type Compilation = CompiledRule | { problem: string };

const CANNOT = 'The rule cannot be computed on this column. Check its settings.';
const number = (value: unknown): number | null => {
  if (value === null || value === undefined) return null;
  const read = Number(value);
  return Number.isFinite(read) ? read : null;
};

/**
 * Measures all rules: one scan for every aggregate that can share it, a grouping pass for what repeats, and a
 * scan of its own only for what needs one. A rule that cannot be computed spoils nothing but itself.
 */
export async function measure(
  rules: readonly Compilation[],
  rows: Rows,
): Promise<{ measured: Measured[]; totalRows: number; scans: number }> {
  const measured: Measured[] = rules.map((rule) => ({
    failing: 0,
    checked: 0,
    value: null,
    ...('problem' in rule && { problem: rule.problem }),
  }));
  const usable = rules.flatMap((rule, at) => ('problem' in rule ? [] : [{ rule, at }]));
  const parts = usable.flatMap(({ rule, at }) => sharedPart(rule, at) ?? []);
  const { found, total, scans } = await scanShared(parts, rows);
  let count = scans;
  for (const { rule, at } of usable) {
    const shared = found.get(at);
    try {
      const isShared = parts.some((part) => part.at === at);
      if (isShared && !shared) throw new Error('failed alone');
      const { result, ownScans } = await finish(rule, shared, rows, at);
      measured[at] = result;
      count += ownScans;
    } catch (error) {
      measured[at] = { failing: 0, checked: 0, value: null, problem: problemOf(error) };
    }
  }
  return { measured, totalRows: total, scans: count };
}

/** What may be said of a failure: our own words, never a value that DuckDB found in the rows. */
export function problemOf(error: unknown): string {
  if (isAppError(error)) return error.message;
  note(error);
  return CANNOT;
}

/** The kind of a failure alone: DuckDB's words may repeat a value of the rows. */
function note(error: unknown): void {
  const kind = error instanceof Error ? error.message.split(':')[0]?.slice(0, 60) : 'unknown';
  log().info({ kind }, 'a quality rule could not be computed');
}

/** All parts in one query; should that fail, each alone. */
async function scanShared(parts: readonly Part[], rows: Rows) {
  const found = new Map<number, Row>();
  const run = async (some: readonly Part[]) => {
    const columns = some.flatMap((part) =>
      Object.entries(part.columns).map(([name, sql]) => `${sql} as "${name}_${part.at}"`),
    );
    const select = ['count(*) as total_rows', ...columns].join(', ');
    const [row] = await rows.read((relation) => `select ${select} from ${relation}`);
    for (const part of some) {
      const names = Object.keys(part.columns);
      found.set(
        part.at,
        Object.fromEntries(names.map((name) => [name, row?.[`${name}_${part.at}`]])),
      );
    }
    return Number(row?.total_rows ?? 0);
  };
  try {
    return { found, total: await run(parts), scans: 1 };
  } catch {
    const total = await run([]);
    for (const part of parts) {
      await run([part]).catch(note);
    }
    return { found, total, scans: parts.length + 2 };
  }
}

async function finish(rule: CompiledRule, shared: Row | undefined, rows: Rows, at: number) {
  const { compiled } = rule;
  const none: Measured = { failing: 0, checked: 0, value: null };
  if (compiled.kind === 'schema') {
    return { result: { ...none, value: compiled.value, ok: compiled.ok }, ownScans: 0 };
  }
  if (compiled.kind === 'sql') {
    const value = number((await rows.sandbox(compiled.sql, at))?.[0]);
    return { result: figure(value, 'The query gives no number. Select one.'), ownScans: 1 };
  }
  if (compiled.kind === 'unique') return finishUnique(rule, compiled.count, shared, rows);
  const found = shared
    ? [shared]
    : await rows.read((relation) => ownStatement(rule, relation) ?? '', rule);
  const ownScans = shared ? 0 : 1;
  if (compiled.kind === 'shares') {
    return { result: figure(distance(found, compiled.expected)), ownScans };
  }
  const first = found[0] ?? {};
  if (compiled.kind === 'rows') {
    const failing = number(first.failing) ?? 0;
    return { result: { ...none, failing, checked: number(first.checked) ?? 0 }, ownScans };
  }
  const value = number(first.value);
  if (!compiled.ok) return { result: figure(value), ownScans };
  return { result: { ...none, value, ok: Number(first.ok ?? 0) === 1 }, ownScans };
}

/** A figure about nothing (the mean of no rows) keeps no threshold and breaks none. */
const figure = (
  value: number | null,
  problem = 'There are no values to compute it from.',
): Measured => ({ failing: 0, checked: 0, value, ...(value === null && { problem }) });

/** Most data repeats nothing, which the shared scan has proven; only what repeats is grouped. */
async function finishUnique(
  rule: CompiledRule,
  count: 'repeats' | 'rows' | 'values',
  shared: Row | undefined,
  rows: Rows,
) {
  const checked = number(shared?.checked) ?? 0;
  const { compiled } = rule;
  // count(distinct x) passes over null: one value more when an empty one is looked at.
  const hasNulls = compiled.kind === 'unique' && compiled.columns.length === 1;
  const repeats = checked - (number(shared?.distinct) ?? 0);
  const needsGroups =
    repeats > 0 && (count !== 'repeats' || (hasNulls && compiled.looked === 'true'));
  if (!needsGroups) return { result: { failing: repeats, checked, value: null }, ownScans: 0 };
  const [groups] = await rows.read((relation) => groupStatement(rule, relation)!);
  const all = number(groups?.rows) ?? 0;
  const values = number(groups?.values) ?? 0;
  const failing = { repeats: all - values, rows: all, values }[count];
  return { result: { failing, checked, value: null }, ownScans: 1 };
}

/** Total variation distance between what is there and what was expected. */
function distance(found: readonly Row[], expected: Record<string, number>): number | null {
  const total = found.reduce((sum, row) => sum + Number(row.n), 0);
  const sum = Object.values(expected).reduce((all, share) => all + share, 0);
  if (total === 0) return null;
  const there = new Map(found.map((row) => [String(row.v), Number(row.n) / total]));
  const names = new Set([...there.keys(), ...Object.keys(expected)]);
  let apart = 0;
  for (const name of names) {
    apart += Math.abs((there.get(name) ?? 0) - (expected[name] ?? 0) / sum);
  }
  return Math.round((apart / 2) * 1e9) / 1e9;
}
