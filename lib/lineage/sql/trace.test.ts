import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aggregatesOf, analyseSelect } from '@/lib/platform/sandbox/analyse';
import { type Dep, traceSql } from '.';
import { AROUND, STATEMENTS, TABLES, UNTOLD } from './testing/statements';

let connection: DuckDBConnection;
let aggregates: string[];
const inputs = Object.entries(TABLES).map(([name, { columns }]) => ({
  name,
  columns: Object.keys(columns),
}));

async function fill(table: string, changed?: string): Promise<void> {
  const { columns, rows } = TABLES[table]!;
  const spec = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  await connection.run(`create or replace table "${table}" (${spec.join(', ')})`);
  await connection.run(`insert into "${table}" values ${rows.map((row) => `(${row})`).join(', ')}`);
  if (!changed) return;
  // A rotation and another value for each: neither order, equality nor sum stays.
  const other: Record<string, string> = {
    INTEGER: `(("${changed}" * 7 + rowid * 3) % 41)::integer`,
    VARCHAR: `coalesce("${changed}", 'new') || rowid % 2`,
    DATE: `"${changed}" - (rowid * 40)::integer`,
    JSON: `('{"m": ' || rowid + 90 || '}')::json`,
    'INTEGER[]': `list_value(rowid::integer * 5, 77)`,
    'STRUCT(f INTEGER, g STRUCT(h INTEGER))':
      '{f: (rowid * 11)::integer, g: {h: (rowid * 13)::integer}}',
  };
  await connection.run(`update "${table}" set "${changed}" = ${other[columns[changed]!]}`);
}

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  for (const table of Object.keys(TABLES)) await fill(table);
  aggregates = await aggregatesOf(connection);
});

afterEach(async () => {
  for (const table of Object.keys(TABLES)) await fill(table);
});

async function trace(sql: string) {
  const { tree } = await analyseSelect(connection, sql, Object.keys(TABLES));
  const described = await connection.run(`describe ${sql}`);
  const columns = (await described.getRows()).map(([name]) => String(name));
  return traceSql({ tree, columns, aggregates }, inputs);
}

const words = (found: Iterable<Dep>) =>
  [...found].map(({ input, column, how }) => `${how} ${input}.${column}`).sort();

async function told(sql: string) {
  const { columns, rows } = await trace(sql);
  return {
    ...Object.fromEntries(columns.map(({ name, deps }) => [name, words(deps.found.values())])),
    '*': words(rows.found.values()),
  };
}

/** Every column's values in any order, so that rows may come as they like. */
async function answers(sql: string): Promise<string[]> {
  const result = await connection.run(sql);
  const rows = (await result.getRowsJson()) as unknown[][];
  return result
    .columnNames()
    .map((_, at) => JSON.stringify(rows.map((row) => JSON.stringify(row[at])).sort()));
}

/** Whatever changes the answer when it is changed has to be told. */
async function leavesOutNone(sql: string): Promise<void> {
  const { columns, rows } = await trace(sql);
  expect([...rows.gaps, ...columns.flatMap(({ deps }) => [...deps.gaps])]).toEqual([]);
  const before = await answers(sql);
  expect(columns).toHaveLength(before.length);
  for (const { name: table, columns: names } of inputs) {
    for (const changed of names) {
      await fill(table, changed);
      const after = await answers(sql).catch(() => before);
      const missing = columns.filter(({ deps }, at) => {
        const all = [...deps.found.values(), ...rows.found.values()];
        const isTold = all.some(({ input, column }) => input === table && column === changed);
        return after[at] !== before[at] && !isTold;
      });
      expect(missing.map(({ name }) => `${name} depends on ${table}.${changed}`)).toEqual([]);
    }
    await fill(table);
  }
}

describe('the columns that a statement is made of', () => {
  it.each(STATEMENTS)('leaves out none that changes the answer: %s', leavesOutNone);

  it('leaves out none of statements within statements', async () => {
    const nested = fc.tuple(
      fc.constantFrom(...STATEMENTS),
      fc.array(fc.constantFrom(...AROUND), { minLength: 1, maxLength: 3 }),
    );
    const property = fc.asyncProperty(nested, async ([sql, around]) => {
      const whole = around.reduce((inner, wrap) => wrap(inner), sql);
      // Two columns of one name may not stand in every place.
      const isValid = await connection.run(`describe ${whole}`).then(
        () => true,
        () => false,
      );
      if (isValid) await leavesOutNone(whole);
    });
    await fc.assert(property, { numRuns: 60 });
  }, 120_000);

  it.each(UNTOLD)('says what it cannot tell: %s', async (sql, untold) => {
    const { columns } = await trace(sql);
    expect(columns.filter(({ deps }) => deps.gaps.size > 0).map(({ name }) => name)).toEqual(
      untold,
    );
    for (const { deps } of columns) if (deps.gaps.size > 0) expect(deps.found.size).toBe(0);
  });

  it('tells identity, transformation and aggregation apart, through any depth', async () => {
    expect(
      await told(`with base as (select k, a, a + b as added, sum(a) over (partition by k) as w from t)
        select k, a as same, added, max(added) as top, w from base group by all`),
    ).toEqual({
      k: ['identity t.k'],
      same: ['identity t.a'],
      added: ['transformation t.a', 'transformation t.b'],
      top: ['aggregation t.a', 'aggregation t.b'],
      w: ['aggregation t.a', 'window t.k'],
      '*': ['group_by t.a', 'group_by t.b', 'group_by t.k'],
    });
  });
});

describe('conditions', () => {
  it.each([
    ['select a from t where b > 1', ['filter t.b']],
    ['select t.a from t join u on t.k = u.k', ['join t.k', 'join u.k']],
    ['select t.a from t join u using (k)', ['join t.k', 'join u.k']],
    ['select k, count(*) from t group by k having max(b) > 1', ['filter t.b', 'group_by t.k']],
    ['select k, count(*) filter (where a > 1), 1 + sum(b) from t group by all', ['group_by t.k']],
    ['select a from t order by name limit 1', ['sort t.name']],
    ['select a from (select a, k from t where b = 1) where k = 2', ['filter t.b', 'filter t.k']],
  ])('of the rows: %s', async (sql, rows) => {
    expect((await told(sql))['*']).toEqual(rows);
  });

  it('of one value stay with its column', async () => {
    expect(
      await told(
        'select case when k = 1 then a else b end as c, sum(a) over (order by d) as w from t',
      ),
    ).toEqual({
      c: ['conditional t.k', 'transformation t.a', 'transformation t.b'],
      w: ['aggregation t.a', 'window t.d'],
      '*': [],
    });
  });
});

describe('names', () => {
  it.each([
    [
      'a column of the table before an alias of the list',
      'select b as a, a as c from t',
      'c',
      ['identity t.a'],
    ],
    [
      'an alias where no column has the name',
      'select a + 1 as m, m as n from t',
      'n',
      ['transformation t.a'],
    ],
    ['a CTE before an input', 'with t as (select x from u) select x from t', 'x', ['identity u.x']],
    ['the side that USING keeps', 'select k from t right join u using (k)', 'k', ['identity u.k']],
    [
      'both sides of a full join',
      'select k from t full join u using (k)',
      'k',
      ['transformation t.k', 'transformation u.k'],
    ],
    [
      'the nearest query',
      'select (select k from v limit 1) as n from t',
      'n',
      ['transformation v.k'],
    ],
    ['a whole row', 'select v as r from v', 'r', ['transformation v.k', 'transformation v.z']],
  ])('mean %s', async (_, sql, column, expected) => {
    expect(((await told(sql)) as Record<string, string[]>)[column]).toEqual(expected);
  });
});
