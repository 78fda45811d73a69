import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportParquet, queryRows } from '../lake';
import { castFailures, relationForUpload } from '.';
import { snakeCase } from './names';
import { typesOf, uploads } from './test-uploads';

const { place, take } = uploads();

describe('inspectFile: JSON and NDJSON', () => {
  it('reads an array, an object with one array, and NDJSON alike', async () => {
    const rows =
      '[{"id":1,"code":"007","n":9007199254740993,"when":"2024-01-02T03:04:05Z","tags":["x"],"o":{"a":1}},{"id":2,"extra":true}]';
    const types = {
      id: 'integer',
      code: 'string',
      n: 'long',
      when: 'timestamp',
      tags: 'json',
      o: 'json',
      extra: 'boolean',
    };
    for (const [text, name] of [
      [rows, 'x.json'],
      [`{"meta":{"l":[1]},"rows":${rows}, "n":1}`, 'x.json'],
      [rows.slice(1, -1).replace('},{"id":2', '}\n{"id":2'), 'x.ndjson'],
    ] as const) {
      const found = await take(text, name);
      expect(typesOf(found)).toEqual(types);
      expect(found.sample[0]).toMatchObject({
        id: 1,
        code: '007',
        n: '9007199254740993',
        tags: ['x'],
        o: { a: 1 },
      });
    }
  });

  it('reads numbers beside words in one key as text', async () => {
    const found = await take('[{"title":"Seven"},{"title":21},{"title":null}]', 'films.json');
    expect(typesOf(found)).toEqual({ title: 'string' });
    const sql = relationForUpload(found.path, found.source, found.columns);
    expect(await queryRows(sql)).toEqual([{ title: 'Seven' }, { title: '21' }, { title: null }]);
  });

  it('finds keys and values beyond the sample', async () => {
    const found = await take(`${'{"a":1}\n'.repeat(30_000)}{"a":"x","late":2}\n`, 'x.ndjson');
    expect(typesOf(found)).toEqual({ a: 'string', late: 'string' });
  });

  const deep = (levels: number) => `[{"a":${'['.repeat(levels)}${']'.repeat(levels)}}]`;
  it.each<[string, string, string, RegExp]>([
    ['deep nesting', deep(100_000), 'x.json', /nested deeper than 64/],
    [
      'values in the array',
      '[{"a":1},\n5]',
      'x.json',
      /Line 2: element 2 of the array is not an object/,
    ],
    ['numbers only', '[1,2,3]', 'x.json', /element 1/],
    ['an empty array', '[]', 'x.json', /array is empty/],
    ['two arrays', '{"a":[{"x":1}],"b":[]}', 'x.json', /2 arrays/],
    ['no array', '{"a":\n{"b":1}}', 'x.json', /0 arrays/],
    ['a cut file', '[{"a":1},{"a":', 'x.json', /ends before it is complete/],
    ['text after the end', '[{"a":1}] x', 'x.json', /more text follows/],
    ['a broken value', '[{"a":1},{"a":tru}]', 'x.json', /not valid JSON/],
    [
      'NDJSON with an open object',
      '{"a":1}\n{"a":2\n{"a":3}\n',
      'x.ndjson',
      /Line 2: the object is not closed/,
    ],
    [
      'NDJSON with a bare value',
      '{"a":1}\n{"a":2}\n7\n',
      'x.ndjson',
      /Line 3: a row has to be an object/,
    ],
    ['NDJSON with a broken value', '{"a":1}\n{"a":nope}\n', 'x.ndjson', /Line 2 is not valid JSON/],
    ['keys that differ by case', '[{"id":1,"ID":2}]', 'x.json', /differ only by case/],
    ['an empty key', '[{"":1}]', 'x.json', /cannot name a column/],
    ['objects without members', '[{},{}]', 'x.json', /no members/],
    [
      '2,001 keys',
      `[{${Array.from({ length: 2001 }, (_, at) => `"k${at}":1`).join(',')}}]`,
      'x.json',
      /more than 2000/,
    ],
  ])('refuses %s', async (_name, text, name, message) => {
    await expect(take(text, name)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    });
  });
});

describe('inspectFile: Parquet', () => {
  it('reads types as they are', async () => {
    const file = path.join(place.root, 'in.parquet');
    await exportParquet(
      "SELECT 1::INTEGER AS \"Order ID\", 1.5::DECIMAL(9,2) AS amount, [1, 2] AS list, {'a': 1} AS s, TIMESTAMP '2024-01-01' AS ts",
      [],
      file,
    );
    const found = await take(await readFile(file), 'x.parquet');
    expect(typesOf(found)).toEqual({
      order_id: 'integer',
      amount: 'decimal',
      list: 'array',
      s: 'struct',
      ts: 'timestamp',
    });
    expect(found.sample).toEqual([
      { order_id: 1, amount: 1.5, list: [1, 2], s: { a: 1 }, ts: '2024-01-01T00:00:00Z' },
    ]);
    await writeFile(file, (await readFile(file)).subarray(0, 200));
    await expect(take(await readFile(file), 'x.parquet')).rejects.toThrow(/damaged or incomplete/);
  });
});

describe('the edited schema', () => {
  it('casts, renames, leaves out, and names what does not fit', async () => {
    const found = await take('id,amount,when\n1,1.5,2024-01-01\n2,abc,NA\n3,2.5,31/12/2024\n');
    const fields = [
      { name: 'total', sourceName: 'amount', type: 'integer' as const },
      { name: 'day', sourceName: 'when', type: 'date' as const },
    ];
    const sql = relationForUpload(found.path, found.source, fields);
    expect(await queryRows(sql)).toEqual([
      { total: null, day: '2024-01-01' },
      { total: null, day: null },
      { total: null, day: null },
    ]);
    expect(await castFailures(found.path, found.source, fields)).toEqual([
      { column: 'total', count: 3, firstValue: '1.5', firstRow: 1 },
      { column: 'day', count: 1, firstValue: '31/12/2024', firstRow: 3 },
    ]);
    expect(await castFailures(found.path, found.source, found.columns)).toEqual([]);
    expect(() =>
      relationForUpload(found.path, found.source, [{ name: 'x', type: 'string' }]),
    ).toThrow(/no column "x"/);
    expect(() => relationForUpload(found.path, found.source, [])).toThrow(/no columns/);
  });
});

it.each([
  ['Customer ID', 'customer_id'],
  ['customerId', 'customer_id'],
  ['HTTPStatus', 'http_status'],
  ['Straße', 'strasse'],
  ['Größe (cm)', 'grosse_cm'],
  ['2024', 'n_2024'],
  ['---', ''],
  ['名前', '名前'],
])('names %j %j', (raw, name) => expect(snakeCase(raw)).toBe(name));
