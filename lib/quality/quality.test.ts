import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { compileRule, describeRule, ruleProblem } from './checks';
import { dimensionScores, scoreOf } from './score';

const ROWS = `(values
  (1, 'Oslo', 10.5, 'a@b.example', now()::timestamp),
  (2, 'Bergen', null, 'nonsense', now()::timestamp - interval 3 hour),
  (2, null, -4, 'c@d.example', now()::timestamp - interval 9 hour)
) as t(id, city, "amo""unt", mail, "at")`;
const columns = new Set(['id', 'city', 'amo"unt', 'mail', 'at']);

/** [rows that break the rule, rows looked at], counted by a real DuckDB. */
async function measured(check: string, column: string | null, config: object = {}) {
  const compiled = compileRule({ name: 'r', check, column, config }, columns);
  if ('problem' in compiled) return compiled.problem;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  const result = await connection.runAndReadAll(
    `select cast(${compiled.failing} as int), cast(${compiled.checked} as int) from ${ROWS}`,
  );
  connection.closeSync();
  return result.getRows()[0];
}

describe('checks', () => {
  const cases: [string, string | null, object, unknown][] = [
    ['not_null', 'city', {}, [1, 3]],
    ['not_null', 'amo"unt', {}, [1, 3]],
    ['unique', 'id', {}, [1, 3]],
    ['unique', 'city', {}, [0, 2]],
    ['accepted_values', 'city', { values: ['Oslo', "it's"] }, [1, 2]],
    ['accepted_values', 'id', { values: [1, 2] }, [0, 3]],
    ['range', 'amo"unt', { min: 0 }, [1, 2]],
    ['range', 'amo"unt', { min: -10, max: 10 }, [1, 2]],
    ['pattern', 'mail', { pattern: '^[^@]+@[^@]+$' }, [1, 3]],
    ['pattern', 'mail', { pattern: "\\.example$|'" }, [1, 3]],
    ['row_count', null, { min: 3 }, [0, 1]],
    ['row_count', null, { min: 4 }, [1, 1]],
    ['freshness', 'at', { maxAge: '1 hour' }, [0, 1]],
    ['freshness', 'at', { maxAgeHours: 1 }, [0, 1]],
  ];
  for (const [check, column, config, expected] of cases) {
    it(`${check} ${column ?? ''} ${JSON.stringify(config)}`, async () => {
      expect(await measured(check, column, config)).toEqual(expected);
    });
  }

  it('say what is wrong with a rule', () => {
    const problem = (check: string, column: string | null, config = {}) =>
      ruleProblem({ name: 'r', check, column, config }, columns);
    expect(problem('not_null', null)).toContain('needs a column');
    expect(problem('not_null', 'gone')).toContain('no column "gone"');
    expect(problem('guess', 'id')).toContain('not a known check');
    expect(problem('range', 'id', {})).toContain('min, max');
    expect(problem('freshness', 'at', { maxAge: 'soon' })).toContain('length of time');
    expect(problem('unique', 'id')).toBeNull();
  });

  it('describe themselves', () => {
    const words = describeRule({ name: 'r', check: 'range', column: 'age', config: { min: 0 } });
    expect(words).toBe('age is at least 0');
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
