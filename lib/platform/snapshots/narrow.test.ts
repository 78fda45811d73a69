import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdbTypeOf, quoteLiteral, type SchemaField, type Treatment } from '@/lib/specs';
import { maskProblem, narrow } from './narrow';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(() => connection.closeSync());

const field = (type: SchemaField['type'], more: Partial<SchemaField> = {}): SchemaField => ({
  ...{ name: 'secret "x"', type },
  ...more,
});
const literal = (value: string | null) => (value === null ? 'NULL' : quoteLiteral(value).trim());

/** What a reader has of these values: the type and each value as text. */
async function masked(of: SchemaField, treatment: Treatment, values: (string | null)[], key = 'k') {
  const terms = { columns: { [of.name]: treatment }, filter: [] };
  const { select, fields } = narrow([of], terms, key);
  const rows = values.map((value, at) => `(${at}, CAST(${literal(value)} AS ${duckdbTypeOf(of)}))`);
  const from = `(VALUES ${rows.join(', ')}) t(n, "secret ""x""")`;
  const result = await connection.runAndReadAll(
    `SELECT typeof(m), m::VARCHAR FROM (SELECT n, ${select.replace(/ AS "secret ""x"""$/, ' AS m')} FROM ${from}) ORDER BY n`,
  );
  const got = result.getRows();
  for (const [type] of got) expect(type).toBe(duckdbTypeOf(fields[0]!));
  return got.map(([, value]) => value as string | null);
}

// A text of a file is UTF-8 without NUL; half a surrogate cannot be stored.
const texts = fc
  .string({ unit: 'binary', maxLength: 30 })
  .filter((text) => text.isWellFormed() && !text.includes('\0'));
const rows = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.option(value), { minLength: 1, maxLength: 30 });
const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().replace('Z', ''));
const RUNS = { numRuns: 40 };

const VALUES: [SchemaField, fc.Arbitrary<string>][] = [
  [field('string'), texts],
  [field('integer'), fc.integer().map(String)],
  [field('long'), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)],
  [field('double'), fc.double().map(String)],
  [field('decimal', { precision: 18, scale: 2 }), fc.integer().map((n) => String(n / 100))],
  [field('boolean'), fc.boolean().map(String)],
  [field('date'), day.map((text) => text.slice(0, 10))],
  [field('timestamp'), day],
  [field('timestamp', { timezone: true }), day],
  [field('json'), fc.json({ maxDepth: 2 }).filter((text) => !text.includes('\\u0000'))],
];

describe.each(VALUES)('a masked %j', (of, value) => {
  it('stays null where it was null, has its declared type and never fails', async () => {
    const fitting = (['hash', 'partial', 'null', 'generalise'] as const).filter(
      (as) => maskProblem(of, { as }) === null,
    );
    await fc.assert(
      fc.asyncProperty(rows(value), fc.constantFrom(...fitting), async (values, as) => {
        const got = await masked(of, { as }, values);
        values.forEach((one, at) => {
          if (one === null || as === 'null') expect(got[at]).toBeNull();
        });
      }),
      RUNS,
    );
  });

  it('as a digest tells nothing but which values are the same, by this key alone', async () => {
    await fc.assert(
      fc.asyncProperty(rows(value), async (values) => {
        const [mine, theirs] = [
          await masked(of, { as: 'hash' }, values, 'mine'),
          await masked(of, { as: 'hash' }, values, 'theirs'),
        ];
        values.forEach((one, at) => {
          if (one === null) return;
          expect(mine[at]).toMatch(/^[0-9a-f]{32}$/);
          expect(mine[at]).not.toBe(theirs[at]);
        });
      }),
      RUNS,
    );
  });
});

it('a shortened text depends on its first letter and on whether it is short, on nothing else', async () => {
  const tail = fc.tuple(texts, texts).filter(([a, b]) => [...a].length > 3 && [...b].length > 3);
  await fc.assert(
    fc.asyncProperty(texts.filter(Boolean), tail, async (text, [a, b]) => {
      const head = [...text][0]!;
      const [one, other] = await masked(field('string'), { as: 'partial' }, [head + a, head + b]);
      expect(one).toBe(other);
    }),
    RUNS,
  );
});

const steps = fc.integer({ min: 2, max: 1_000_000 });
it('a generalised number is the lower end of its step, whatever lies in it', async () => {
  await fc.assert(
    fc.asyncProperty(rows(fc.integer({ min: -1e9, max: 1e9 })), steps, async (values, step) => {
      const texts = values.map((one) => (one === null ? null : String(one)));
      const got = await masked(field('integer'), { as: 'generalise', step }, texts);
      values.forEach((one, at) => {
        if (one === null) return;
        expect(Number(got[at])).toBe(Math.floor(one / step) * step);
      });
    }),
    RUNS,
  );
});

it.each([
  [field('integer'), 1],
  [field('long'), 0.5],
  [field('decimal', { precision: 9, scale: 2 }), 0.01],
  [field('decimal', { precision: 9, scale: 2 }), 0.001],
])('a step that would leave each value of %j as it is, %d, is refused', (of, step) => {
  expect(maskProblem(of, { as: 'generalise', step })).toMatch(/leaves every value as it is/);
});

it('a step wider than the smallest difference is taken', () => {
  expect(maskProblem(field('integer'), { as: 'generalise', step: 2 })).toBeNull();
  const decimal = field('decimal', { precision: 9, scale: 2 });
  expect(maskProblem(decimal, { as: 'generalise', step: 1 })).toBeNull();
  expect(maskProblem(field('double'), { as: 'generalise', step: 0.01 })).toBeNull();
});
