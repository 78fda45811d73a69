import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdbTypeOf, fieldTypeOfDuckdb } from './duckdb-types';
import { FIELD_TYPES, type FieldShape } from './field-types';
import {
  columnNameSchema,
  domainOfNamespace,
  domainSlugSchema,
  semverSchema,
  slugSchema,
} from './names';
import { quoteIdent, quoteLiteral, quotePath } from './sql';

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create();
});
afterAll(() => instance.closeSync());

async function rows(sql: string) {
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjects();
  } finally {
    connection.closeSync();
  }
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
const hostile = fc.constantFrom(
  `'; drop table x; --`,
  `a"b`,
  `\\`,
  `\\'`,
  `a\\' or 1=1 --`,
  'é"\'',
);

describe('quoting', () => {
  it('keeps every text through DuckDB', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, hostile), async (value) => {
        fc.pre(!value.includes('\0'));
        const [row] = await rows(`select ${quoteLiteral(value)} as ${quoteIdent(value)}`);
        expect(row).toEqual({ [value]: value });
      }),
      { numRuns: 200 },
    );
  });

  it('refuses what no database holds', () => {
    for (const bad of ['', 'a\0b', 'x'.repeat(256), '\ud800']) {
      expect(() => quoteIdent(bad)).toThrow(/SQL identifier/);
    }
    expect(() => quoteLiteral('a\0')).toThrow(/NUL/);
    expect(quotePath('a', 'b"c')).toBe('"a"."b""c"');
  });
});

describe('types', () => {
  it('round-trips every type through DuckDB', async () => {
    const nested: FieldShape = {
      type: 'struct',
      fields: [
        { name: 'a "b", (c', type: 'array', items: { type: 'decimal', precision: 9, scale: 2 } },
        { name: 'when', type: 'timestamp', timezone: true },
      ],
    };
    const plain = FIELD_TYPES.filter((type) => type !== 'array' && type !== 'struct');
    const shapes: FieldShape[] = [
      nested,
      { type: 'array', items: { type: 'array', items: nested } },
      ...plain.map((type) => (type === 'decimal' ? { type, precision: 18, scale: 4 } : { type })),
    ];
    for (const shape of shapes) {
      const [row] = await rows(`describe select null::${duckdbTypeOf(shape)} as x`);
      expect(fieldTypeOfDuckdb(String(row?.column_type))).toEqual(shape);
    }
  });

  it.each([
    ["ENUM('a,b', 'x')", { type: 'string' }],
    ['MAP(VARCHAR, INTEGER)', { type: 'json' }],
    ['INTEGER[2]', { type: 'array', items: { type: 'integer' } }],
    ['UUID', { type: 'string' }],
    ['HUGEINT', { type: 'decimal', precision: 38, scale: 0 }],
    ['TIMESTAMP_NS', { type: 'timestamp' }],
    ['', { type: 'string' }],
  ])('reads %s', (sql, shape) => expect(fieldTypeOfDuckdb(sql)).toEqual(shape));
});

describe('names', () => {
  it.each([
    'new',
    'A',
    'a',
    '-ab',
    'a--b',
    'ab-',
    'a_b',
    '1ab',
    '../etc',
    'con',
    'x'.repeat(64),
    'é-è',
  ])('refuses the slug %j', (name) => expect(slugSchema.safeParse(name).success).toBe(false));
  it.each(['sales', 'customer-data-product', 'hr', 'x'.repeat(63)])('takes %j', (name) =>
    expect(slugSchema.parse(name)).toBe(name),
  );
  it('reads domains from namespaces', () => {
    expect(domainOfNamespace('sales-domain')).toBe('sales');
    expect(domainOfNamespace('sales')).toBe('sales');
    expect(domainSlugSchema.safeParse('sales-domain').success).toBe(false);
    for (const name of ['memory', 'system', 'temp']) {
      expect(domainSlugSchema.safeParse(name).error?.issues[0]?.message).toMatch(/query engine/);
    }
    expect(domainSlugSchema.parse('main')).toBe('main');
  });
  it('checks versions and columns', () => {
    expect(semverSchema.safeParse('1.0.0-rc.1+5').success).toBe(true);
    expect(semverSchema.safeParse('1.0').success).toBe(false);
    expect(columnNameSchema.safeParse('US Gross "($)"').success).toBe(true);
    for (const bad of ['', ' a', 'a\nb', 'x'.repeat(256), 'a\0']) {
      expect(columnNameSchema.safeParse(bad).success).toBe(false);
    }
  });
});
