import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { compileRule, type RuleLike } from '../compile';
import { measure } from '../run/measure';
import { judge, type Verdict } from '../run/measured';
import { quantileRules, ruleOfExpectation } from './expectations';
import { memoryRows, memoryTable, timeOf } from './memory-rows';

interface Case {
  file: string;
  pointer: string;
  expectation: string;
  data: Record<string, unknown[]> | { dataset_name: string; data: Record<string, unknown[]> }[];
  schemas: Record<string, Record<string, string>> | null;
  test: {
    title: string;
    in: Record<string, unknown>;
    out: Record<string, unknown> & { success?: boolean; unexpected_list?: unknown[] };
    error?: unknown;
    only_for?: string[];
  };
}
type Outcome =
  | { kind: 'agrees' }
  | { kind: 'differs'; reason: string }
  | { kind: 'wrong'; why: string };

const file = path.join(process.env.PORTOLAN_CORPUS ?? '', 'quality/great-expectations-cases.json');
const cases: Case[] =
  process.env.PORTOLAN_CORPUS && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];

const differs = (reason: string): Outcome => ({ kind: 'differs', reason });

/** The schema of the engine that a case is for, as far as there is one. */
function schemaOf({ schemas, test }: Case): Record<string, string> {
  const engines = [...(test.only_for ?? []), 'pandas', 'postgresql', 'sqlite', 'spark'];
  const known = engines.find((engine) => schemas?.[engine]);
  return known ? (schemas?.[known] ?? {}) : {};
}

const WEEK_MS = 7 * 86_400_000;

/** `{"$PARAMETER": "now() - timedelta(weeks=52*100)"}` as the time it stands for. */
function withParameters(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => {
      const text = (value as { $PARAMETER?: unknown } | null)?.$PARAMETER;
      return [key, typeof text === 'string' ? parameter(text) : value];
    }),
  );
}
function parameter(text: string): string {
  const date = /^datetime\((\d+), (\d+), (\d+)\)$/.exec(text);
  if (date) return `${date[1]}-${date[2]?.padStart(2, '0')}-${date[3]?.padStart(2, '0')} 00:00:00`;
  const weeks = /^now\(\)(?: ([+-]) timedelta\(weeks=(\d+)(?:\*(\d+))?\))?$/.exec(text);
  const shift = Number(weeks?.[2] ?? 0) * Number(weeks?.[3] ?? 1) * WEEK_MS;
  const at = new Date(Date.now() + (weeks?.[1] === '-' ? -shift : shift));
  return at.toISOString().replace('T', ' ').replace('Z', '');
}

/** Words that stand for times, in the settings as in the rows. */
function withTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTimes);
  return typeof value === 'string' ? (timeOf(value) ?? value) : value;
}

async function outcomeOf(one: Case, connection: DuckDBConnection): Promise<Outcome> {
  const { expectation, test } = one;
  const wantsError =
    test.error != null ||
    test.out.traceback_substring !== undefined ||
    test.out.exception_info != null;
  const isTimes = test.in.parse_strings_as_datetimes === true;
  const settings = isTimes
    ? Object.fromEntries(
        Object.entries(withParameters(test.in)).map(([key, value]) => [
          key,
          key.startsWith('column') ? value : withTimes(value),
        ]),
      )
    : withParameters(test.in);
  const isQuantiles = expectation === 'expect_column_quantile_values_to_be_between';
  const mapped = isQuantiles ? null : ruleOfExpectation(expectation, settings);
  if (mapped && 'reason' in mapped) return differs(mapped.reason);
  const rules = mapped ? [mapped.rule] : quantileRules(settings);
  const tables = Array.isArray(one.data) ? one.data : [{ dataset_name: 'rows', data: one.data }];
  const named = [test.in.column, test.in.column_A, test.in.column_B].filter(
    (name) => isTimes && name,
  );
  let first: { columns: Parameters<typeof compileRule>[1]; relation: string } | null = null;
  for (const { dataset_name: name, data } of tables) {
    const used = Array.isArray(one.data) ? data : onlyUsed(data, rules);
    const table = await memoryTable(connection, name, used, schemaOf(one), named as string[]);
    if ('mixed' in table)
      return differs('values of several types in one column: a column here has one type');
    first ??= table;
  }
  const relationOf = (address: string) => `"${address.split('/')[1]?.replaceAll('-', '_')}"`;
  const compiled = rules.map((rule) => compileRule(rule, first!.columns, relationOf));
  const { measured, totalRows } = await measure(compiled, memoryRows(connection, first!.relation));
  const verdicts = compiled.map(
    (rule, at): Verdict =>
      'problem' in rule
        ? judge({ failing: 0, checked: 0, value: null, problem: rule.problem }, NEVER, 0)
        : judge(measured[at]!, rule, totalRows),
  );
  return compareWith(one, rules, verdicts, wantsError);
}
const NEVER = {
  threshold: { mustBe: 0, unit: 'rows', of: 'looked' },
  enforcement: 'error',
} as const;

/** A table is as wide as its rule asks; rules about the table itself see all of it. */
function onlyUsed(data: Record<string, unknown[]>, rules: RuleLike[]): Record<string, unknown[]> {
  if (rules.some((rule) => rule.check === 'columns' || rule.check === 'sql')) return data;
  const text = JSON.stringify(rules.map(({ column, config }) => [column, config]));
  const used = Object.entries(data).filter(([name]) => text.includes(JSON.stringify(name)));
  return used.length > 0 ? Object.fromEntries(used) : data;
}

function compareWith(
  one: Case,
  rules: RuleLike[],
  verdicts: Verdict[],
  wantsError: boolean,
): Outcome {
  const { out } = one.test;
  const isBroken = verdicts.some((verdict) => verdict.status === 'broken');
  const passed = verdicts.every((verdict) => verdict.passed);
  if (wantsError) {
    if (isBroken) return { kind: 'agrees' };
    return known(one, rules, verdicts) ?? { kind: 'wrong', why: 'accepted, an error was expected' };
  }
  const isAgreed = passed === out.success && (!isBroken || out.success === false);
  const counted = out.unexpected_list;
  const [verdict] = verdicts;
  const isCount =
    !counted ||
    rules[0]?.check === 'type' ||
    verdict?.value !== verdict?.failing ||
    counted.length === verdict?.failing;
  if (isAgreed && isCount) return { kind: 'agrees' };
  return (
    known(one, rules, verdicts) ?? {
      kind: 'wrong',
      why: `${passed} with ${verdict?.failing} bad of ${verdict?.checked} (value ${verdict?.value}) ${verdicts.map((v) => v.message ?? '').join(' ')}; expected ${out.success}${counted ? ` with ${counted.length} bad` : ''}`,
    }
  );
}

/** Outcomes of our own on purpose, by kind of case. */
const KNOWN: {
  reason: string;
  holds(one: Case, rules: RuleLike[], verdicts: Verdict[]): boolean;
}[] = [
  {
    reason: 'a rule that bounds nothing is refused: it could never fail',
    holds: (one, _rules, verdicts) =>
      one.test.out.success === true &&
      verdicts.some(({ message }) => /Give min, max or both|names: /.test(message ?? '')),
  },
  {
    reason:
      'LIKE with [character classes] is the language of one engine; `pattern` has regular expressions',
    holds: ({ test }) => /\[/.test(String(test.in.like_pattern ?? test.in.like_pattern_list)),
  },
  {
    reason: 'columns of different types are not compared: a column here has one type',
    holds: (_one, _rules, verdicts) =>
      verdicts.some(({ message }) => message?.includes('cannot be compared')),
  },
  {
    reason: 'a number is a valid JSON text (RFC 8259)',
    holds: ({ expectation, test }) =>
      expectation === 'expect_column_values_to_be_json_parseable' && test.out.success === false,
  },
  {
    reason: 'regular expressions are RE2: they look neither ahead nor back',
    holds: (_one, _rules, verdicts) => verdicts.some(({ message }) => message?.includes('RE2')),
  },
  {
    reason: 'an error of one engine, which this one does not make',
    holds: ({ test }) => test.only_for?.every((engine) => engine.startsWith('spark')) === true,
  },
  {
    reason: 'the sixth digit of another engine’s arithmetic',
    holds: ({ test }) =>
      test.only_for?.length === 1 &&
      typeof test.in.min_value === 'number' &&
      test.in.min_value === test.in.max_value &&
      !Number.isInteger(test.in.min_value),
  },
];

function known(one: Case, rules: RuleLike[], verdicts: Verdict[]): Outcome | null {
  const found = KNOWN.find((each) => each.holds(one, rules, verdicts));
  return found ? differs(found.reason) : null;
}

describe.skipIf(cases.length === 0)('published expectation cases', () => {
  it('agree, or differ for a documented reason', async () => {
    const table = new Map<string, { agrees: number; differs: number }>();
    const reasons = new Map<string, number>();
    const wrong: string[] = [];
    for (const one of cases) {
      const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
      const connection = await instance.connect();
      await connection.run("set TimeZone = 'UTC'");
      const outcome = await outcomeOf(one, connection);
      connection.closeSync();
      instance.closeSync();
      const row = table.get(one.expectation) ?? { agrees: 0, differs: 0 };
      table.set(one.expectation, row);
      if (outcome.kind === 'agrees') row.agrees += 1;
      else row.differs += 1;
      if (outcome.kind === 'differs') {
        reasons.set(outcome.reason, (reasons.get(outcome.reason) ?? 0) + 1);
      }
      if (outcome.kind === 'wrong') {
        wrong.push(
          `${one.expectation} ${one.pointer} "${one.test.title}": ${outcome.why} | ${JSON.stringify(one.test.in)}`,
        );
      }
    }
    const agreeing = [...table.values()].reduce((sum, row) => sum + row.agrees, 0);
    console.table(Object.fromEntries(table));
    console.log(`${agreeing} of ${cases.length} cases agree.`);
    for (const [reason, count] of reasons) console.log(`${count} differ: ${reason}`);
    expect(wrong).toEqual([]);
  });
});
