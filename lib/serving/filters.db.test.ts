import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ctx, db, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import type { SchemaField } from '@/lib/specs';
import { openRows } from './open-rows';
import { forgetSnapshots } from './relation';
import { closeServing } from './resolve';
import { flushUsage } from './usage';

useTestDatabase();

const FIELDS: SchemaField[] = [
  { name: 'id', type: 'integer' },
  { name: 'n', type: 'integer' },
  { name: 's', type: 'string' },
];
interface Row {
  id: number;
  n: number | null;
  s: string | null;
}
const WORDS = ['', 'a', 'A', 'ab', "o'b", 'x,y', '"q"', '%', '_', '\\', 'é', '日本', 'a b', '(z)'];
const ROWS: Row[] = Array.from({ length: 120 }, (_, id) => ({
  id,
  n: id % 5 === 0 ? null : (id * 7) % 13,
  s: id % 11 === 0 ? null : WORDS[id % WORDS.length]!,
}));

let reader: Ctx;
beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('test'));
  const person = await makeMember(domain.id, 'data_producer');
  reader = await ctxOf(person);
  const values = ROWS.map(({ id, n, s }) => {
    const text = s === null ? 'null' : `'${s.replaceAll("'", "''")}'`;
    return `(${id}, ${n}, ${text})`;
  });
  await makeLiveProduct({
    ...{ domainId: domain.id, ownerId: person.id, name: 'things', fields: FIELDS },
    sql: `select * from (values ${values.join(', ')}) t(id, n, s)`,
  });
});
afterAll(async () => {
  await flushUsage();
  closeServing();
  forgetSnapshots();
  await closeLake();
});

async function read(params: [string, string][]) {
  const response = await openRows(reader, {
    ...{ domain: 'sales', product: 'things' },
    query: new URLSearchParams(params).toString(),
    signal: new AbortController().signal,
  });
  return JSON.parse(String(response.body)) as { rows: Row[]; nextPage: string | null };
}

type Comparison = 'eq' | 'neq' | 'gt' | 'gte' | 'lt' | 'lte';
const COMPARE: Record<Comparison, (order: number) => boolean> = {
  eq: (order) => order === 0,
  neq: (order) => order !== 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};
const orderOf = (a: string | number, b: string | number) =>
  typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(String(b))) : a - Number(b);

/** Three-valued, as SQL is: null when a null is compared. */
type Test = (row: Row) => boolean | null;
interface Asked {
  param: [string, string];
  test: Test;
}
const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const valuesOf = { n: fc.integer({ min: -1, max: 14 }), s: fc.constantFrom(...WORDS, 'zz') };
const column = fc.constantFrom('n' as const, 's' as const);
const compared = fc
  .tuple(column, fc.constantFrom(...(Object.keys(COMPARE) as Comparison[])))
  .chain(([name, operator]) =>
    (valuesOf[name] as fc.Arbitrary<string | number>).map(
      (value): Asked => ({
        param: [name, `${operator}.${value}`],
        test: (row) => (row[name] === null ? null : COMPARE[operator](orderOf(row[name], value))),
      }),
    ),
  );
const listed = column.chain((name) =>
  fc.array(valuesOf[name] as fc.Arbitrary<string | number>, { minLength: 1, maxLength: 4 }).map(
    (values): Asked => ({
      param: [
        name,
        `in.(${values.map((value) => (name === 's' ? quoted(String(value)) : value)).join(',')})`,
      ],
      test: (row) => (row[name] === null ? null : values.includes(row[name])),
    }),
  ),
);
const nulled = column.map(
  (name): Asked => ({ param: [name, 'is.null'], test: (row) => row[name] === null }),
);
const negated = fc
  .tuple(fc.oneof(compared, listed, nulled), fc.boolean())
  .map(([asked, not]): Asked => {
    if (!not) return asked;
    const [name, condition] = asked.param;
    const test: Test = (row) => {
      const result = asked.test(row);
      return result === null ? null : !result;
    };
    return { param: [name, `not.${condition}`], test };
  });

it('filters as SQL does, checked against plain JavaScript', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(negated, { maxLength: 4, selector: (asked) => asked.param.join() }),
      async (asked) => {
        const { rows } = await read([...asked.map(({ param }) => param), ['limit', '1000']]);
        const expected = ROWS.filter((row) => asked.every(({ test }) => test(row) === true));
        expect(rows).toEqual(expected);
      },
    ),
    { numRuns: 120 },
  );
});

it('pages through every row once, whatever the order and the page size', async () => {
  const key = fc.tuple(
    fc.constantFrom('n', 's', 'id'),
    fc.constantFrom('asc', 'desc'),
    fc.constantFrom('nullsfirst', 'nullslast'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(key, { maxLength: 3, selector: ([name]) => name }),
      fc.integer({ min: 7, max: 60 }),
      async (keys, limit) => {
        const order: [string, string][] =
          keys.length > 0 ? [['order', keys.map((parts) => parts.join('.')).join(',')]] : [];
        const seen: Row[] = [];
        let page: string | null = '';
        while (page !== null) {
          const token: [string, string][] = page ? [['page', page]] : [];
          const part = await read([...order, ['limit', String(limit)], ...token]);
          seen.push(...part.rows);
          page = part.nextPage;
        }
        expect(new Set(seen.map((row) => row.id)).size).toBe(ROWS.length);
        expect(seen).toEqual((await read([...order, ['limit', '1000']])).rows);
      },
    ),
    { numRuns: 25 },
  );
});

const INJECTIONS = [
  "'; drop table product; --",
  '"; drop table product; --',
  "' or '1'='1",
  "x' union select * from read_csv('/etc/passwd') --",
  "$1); copy (select 1) to '/tmp/owned'; --",
  "\\\"; attach '/tmp/x.db'; --",
  'pragma version;',
  "read_text('/etc/passwd')",
  '*/ select 1 /*',
  '\u2019 or 1=1',
];

it('takes SQL in every parameter for the text that it is', async () => {
  const before = await db().product.count();
  for (const text of INJECTIONS) {
    expect((await read([['s', `eq.${text}`]])).rows, text).toEqual([]);
    expect((await read([['s', `in.(${quoted(text)})`]])).rows).toEqual([]);
    expect((await read([['s', `ilike.${text}`]])).rows).toEqual([]);
    const refused: [string, string][] = [
      ['select', text],
      ['order', text],
      ['limit', text],
      ['page', text],
      ['count', text],
      ['or', text],
      ['or', `(${text})`],
      ['n', `eq.${text}`],
      ['n', text],
      [text, 'eq.1'],
      [`col.${text}`, 'eq.1'],
    ];
    for (const param of refused) {
      await expect(read([param]), param.join('=')).rejects.toMatchObject({ code: 'invalid' });
    }
  }
  expect(await db().product.count()).toBe(before);
});
