import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import type { FieldType } from '@/lib/specs';
import { CHECKS } from './checks/registry';
import { compileRule, describeRule, ruleProblem } from './compile';
import { memoryRows } from './conformance/memory-rows';
import { measure } from './run/measure';
import { judge } from './run/measured';
import { badRows, numbered } from './run/plan';
import { dimensionScores, scoreOf } from './score';
import { holds, thresholdSchema } from './threshold';

const ROWS = `(values
  (1, 'Oslo', 10.5, 'a@b.example', now()::timestamp),
  (2, 'Bergen', null, 'nonsense', now()::timestamp - interval 3 hour),
  (2, null, -4, 'c@d.example', now()::timestamp - interval 9 hour)
) as t(id, city, "amo""unt", mail, "at")`;
const columns = new Map<string, FieldType>([
  ['id', 'integer'],
  ['city', 'string'],
  ['amo"unt', 'decimal'],
  ['mail', 'string'],
  ['at', 'timestamp'],
]);
const rule = (check: string, column: string | null, config: object = {}) => ({
  name: 'r',
  check,
  column,
  config,
});

async function connect() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run("set TimeZone = 'UTC'");
  return connection;
}

/** What a real DuckDB finds: the status, rows that break the rule, rows looked at, the figure. */
async function outcome(check: string, column: string | null, config: object = {}, relation = ROWS) {
  const compiled = compileRule(rule(check, column, config), columns);
  if ('problem' in compiled) return compiled.problem;
  const connection = await connect();
  const { measured, totalRows } = await measure([compiled], memoryRows(connection, relation));
  connection.closeSync();
  const { status, failing, checked } = judge(measured[0]!, compiled, totalRows);
  return [status, failing, checked];
}

describe('checks', () => {
  const cases: [string, string | null, object, unknown][] = [
    ['not_null', 'city', {}, ['failed', 1, 3]],
    ['not_null', 'amo"unt', {}, ['failed', 1, 3]],
    ['is_null', 'city', {}, ['failed', 2, 3]],
    ['missing_values', 'mail', { missing: [null, 'nonsense'] }, ['failed', 1, 3]],
    ['unique', 'id', {}, ['failed', 1, 3]],
    ['unique', 'id', { count: 'rows' }, ['failed', 2, 3]],
    ['unique', 'id', { count: 'values' }, ['failed', 1, 3]],
    ['unique', 'city', {}, ['passed', 0, 2]],
    ['unique', null, { columns: ['id', 'city'] }, ['passed', 0, 3]],
    ['unique', null, { columns: ['id'], skip: 'none' }, ['failed', 1, 3]],
    ['accepted_values', 'city', { values: ['Oslo', "it's"] }, ['failed', 1, 2]],
    ['accepted_values', 'id', { values: [1, 2] }, ['passed', 0, 3]],
    ['rejected_values', 'id', { values: [2, null] }, ['failed', 2, 3]],
    ['range', 'amo"unt', { min: 0 }, ['failed', 1, 2]],
    ['range', 'amo"unt', { min: -10, max: 10 }, ['failed', 1, 2]],
    ['range', 'id', { min: 1, isMinStrict: true }, ['failed', 1, 3]],
    ['range', 'at', { min: '2020-01-01' }, ['passed', 0, 3]],
    ['length', 'city', { max: 4 }, ['failed', 1, 2]],
    ['pattern', 'mail', { pattern: '^[^@]+@[^@]+$' }, ['failed', 1, 3]],
    ['pattern', 'mail', { pattern: "\\.example$|'" }, ['failed', 1, 3]],
    ['pattern', 'mail', { patterns: ['%@%'], language: 'like' }, ['failed', 1, 3]],
    ['pattern', 'mail', { pattern: 'sense', match: 'none' }, ['failed', 1, 3]],
    ['parseable', 'mail', { as: 'date' }, ['failed', 3, 3]],
    ['compare', 'id', { comparison: 'less', other: 'amo"unt' }, ['failed', 1, 2]],
    ['row_sum', null, { columns: ['id', 'amo"unt'], total: 11.5 }, ['failed', 2, 3]],
    ['sequence', 'id', {}, ['passed', 0, 3]],
    ['sequence', 'id', { isStrict: true }, ['failed', 1, 3]],
    ['outliers', 'amo"unt', { maxDeviations: 3 }, ['passed', 0, 2]],
    ['statistic', 'id', { statistic: 'mean', min: 1.6, max: 1.7 }, ['passed', 0, 1]],
    ['statistic', 'id', { statistic: 'max', max: 1 }, ['failed', 1, 1]],
    ['statistic', 'at', { statistic: 'min', min: '2999-01-01' }, ['failed', 1, 1]],
    ['distinct_values', 'id', { values: [1, 2] }, ['passed', 0, 1]],
    ['distribution', 'id', { expected: { 1: 1, 2: 2 }, maxDistance: 0.01 }, ['passed', 0, 1]],
    ['distribution', 'id', { expected: { 1: 1, 9: 1 }, maxDistance: 0.5 }, ['failed', 1, 1]],
    ['row_count', null, { min: 3 }, ['passed', 0, 1]],
    ['row_count', null, { min: 4, enforcement: 'warning' }, ['warning', 1, 1]],
    ['freshness', 'at', { maxAge: '1 hour' }, ['passed', 0, 1]],
    ['freshness', 'at', { maxAgeHours: 1 }, ['passed', 0, 1]],
    ['columns', null, { names: ['id', 'gone'], match: 'at_least' }, ['failed', 1, 1]],
    ['type', 'id', { types: ['integer'] }, ['passed', 0, 1]],
    ['sql', null, { sql: 'select max(id) from data;', threshold: { mustBe: 2 } }, ['passed', 0, 1]],
    ['sql', null, { sql: 'select * from data where id = 2', gives: 'rows' }, ['failed', 1, 1]],
    // One of three rows is bad: a third of the rows, a half of those that have a city.
    [
      'accepted_values',
      'city',
      { values: ['Oslo'], threshold: { mustBeLessThan: 34, unit: 'percent', of: 'all' } },
      ['passed', 1, 2],
    ],
    [
      'accepted_values',
      'city',
      { values: ['Oslo'], threshold: { mustBeLessThan: 34, unit: 'percent' } },
      ['failed', 1, 2],
    ],
    ['not_null', 'city', { where: [{ column: 'id', is: 'eq', value: 1 }] }, ['passed', 0, 1]],
    ['unique', 'id', { where: [{ column: 'city', is: 'not_empty' }] }, ['passed', 0, 2]],
  ];
  for (const [check, column, config, expected] of cases) {
    it(`${check} ${column ?? ''} ${JSON.stringify(config)}`, async () => {
      expect(await outcome(check, column, config)).toEqual(expected);
    });
  }

  const NO_ROWS = `(select * from ${ROWS} where false)`;
  it.each([
    ['freshness', 'at', { maxAge: '1 hour' }],
    ['statistic', 'id', { statistic: 'mean', max: 5 }],
    ['distribution', 'city', { expected: { Oslo: 1 } }],
    ['sql', null, { sql: 'select sum(id) from data', threshold: { mustBe: 0 } }],
  ])('%s of %s is not kept by figures about nothing', async (check, column, config) => {
    expect(await outcome(check, column, config, NO_ROWS)).toEqual(['broken', 0, 0]);
  });

  it('take a query for broken that gives no number', async () => {
    const sql = (text: string) => outcome('sql', null, { sql: text, threshold: { mustBe: 0 } });
    expect(await sql("select 'none'")).toEqual(['broken', 0, 0]);
    expect(await sql('select id from data where false')).toEqual(['broken', 0, 0]);
    expect(await sql('select 0.0')).toEqual(['passed', 0, 1]);
  });

  it('say what is wrong with a rule', () => {
    const problem = (check: string, column: string | null, config = {}) =>
      ruleProblem(rule(check, column, config), columns);
    expect(problem('not_null', null)).toContain('needs a column');
    expect(problem('not_null', 'gone')).toContain('no column "gone"');
    expect(problem('guess', 'id')).toContain('not a known check');
    expect(problem('range', 'id', {})).toContain('min, max');
    expect(problem('range', 'id', { min: 3, max: 1 })).toContain('larger than max');
    expect(problem('range', 'city', { min: 3 })).toContain('is a number');
    expect(problem('pattern', 'city', { pattern: '(?=x)' })).toContain('RE2');
    expect(problem('freshness', 'at', { maxAge: 'soon' })).toContain('length of time');
    expect(problem('not_null', 'id', { threshold: { mustBeBetween: [5, 1] } })).toContain(
      'smaller',
    );
    expect(problem('not_null', 'id', { threshold: {} })).toContain('Give one of');
    expect(problem('unique', 'id')).toBeNull();
    expect(ruleProblem(rule('unique', 'id'), new Set(['id']))).toBeNull();
  });

  it('describe themselves', () => {
    expect(describeRule(rule('range', 'age', { min: 0 }))).toBe('age is at least 0');
    const tolerant = { threshold: { mustBeLessOrEqualTo: 5, unit: 'percent' } };
    expect(describeRule(rule('not_null', 'age', tolerant))).toContain('at most 5 %');
    for (const check of Object.values(CHECKS)) expect(check.title.length).toBeGreaterThan(4);
  });
});

describe('a pass over the rows', () => {
  it('is shared by all aggregates, whatever else there is', async () => {
    const connection = await connect();
    let reads = 0;
    const rows = memoryRows(connection, ROWS);
    const counted = {
      ...rows,
      read: (statement: (relation: string) => string) => {
        reads += 1;
        return rows.read(statement);
      },
    };
    const rules = [
      rule('not_null', 'city'),
      rule('range', 'id', { min: 0 }),
      rule('unique', 'city'),
      rule('statistic', 'id', { statistic: 'sum', max: 5 }),
      rule('row_count', null, { min: 1 }),
    ].map((one) => compileRule(one, columns));
    const { scans, totalRows } = await measure(rules, counted);
    expect([reads, scans, totalRows]).toEqual([1, 1, 3]);
  });

  it('is not spoilt by a rule that cannot be computed', async () => {
    const connection = await connect();
    // Without the types nobody can say beforehand that a text is no number.
    const untyped = new Map([...columns.keys()].map((name) => [name, null]));
    const rules = [rule('range', 'mail', { min: 3 }), rule('not_null', 'city')];
    const compiled = rules.map((one) => compileRule(one, untyped));
    const { measured } = await measure(compiled, memoryRows(connection, ROWS));
    expect(measured[0]?.problem).toContain('cannot be computed');
    expect(measured[0]?.problem).not.toContain('nonsense');
    expect(measured[1]).toMatchObject({ failing: 1, checked: 3 });
  });

  it('finds the rows: of those that repeat the first stays', async () => {
    const connection = await connect();
    const compiled = compileRule(rule('unique', 'id'), columns);
    if ('problem' in compiled) throw new Error(compiled.problem);
    const rowsOf = async (all: boolean) => {
      const sql = `select city from (select *, ${badRows(compiled, all)} as bad from ${numbered(ROWS)}) where bad`;
      return (await connection.runAndReadAll(sql)).getRows().flat();
    };
    expect(await rowsOf(false)).toEqual([null]);
    expect(await rowsOf(true)).toHaveLength(2);
  });
});

describe('thresholds', () => {
  const good: [object, number, boolean][] = [
    [{ mustBe: 0 }, 0, true],
    [{ mustNotBe: 0 }, 0, false],
    [{ mustBeGreaterThan: 5 }, 5, false],
    [{ mustBeGreaterOrEqualTo: 5 }, 5, true],
    [{ mustBeLessThan: 0.3 }, 0.1 + 0.2, false],
    [{ mustBeLessOrEqualTo: 0.3 }, 0.1 + 0.2, true],
    [{ mustBeBetween: [1, 9] }, 1, false],
    [{ mustBeBetween: [1, 9] }, 5, true],
    [{ mustBeBetween: [1, 9] }, 9, false],
    [{ mustNotBeBetween: [1, 9] }, 5, false],
    [{ mustNotBeBetween: [1, 9] }, 9, true],
    [{ mustBeGreaterThan: 0, mustBeLessThan: 10 }, 10, false],
  ];
  it.each(good)('%j of %d is %s', (threshold, value, expected) => {
    expect(holds(thresholdSchema.parse(threshold), value)).toBe(expected);
  });
});

describe('scores', () => {
  it('are shares of good rows that never round a fault away', () => {
    expect(scoreOf(0n, 10n)).toBe(100);
    expect(scoreOf(1n, 3n)).toBe(66.67);
    expect(scoreOf(1n, 10_000_000n)).toBe(99.99);
    expect(scoreOf(0n, 0n)).toBe(100);
  });
  it('are averaged per dimension', () => {
    const results = [
      { dimension: 'completeness', score: 100 },
      { dimension: 'completeness', score: 50 },
      { dimension: 'uniqueness', score: 99 },
    ];
    expect(dimensionScores(results)).toEqual({ completeness: 75, uniqueness: 99 });
  });
});
