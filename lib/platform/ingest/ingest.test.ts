import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeLake, exportParquet, openLake, queryRows } from '../lake';
import { castFailures, detectFormat, inspectFile, receiveUpload, relationForUpload } from '.';
import { snakeCase } from './names';
import { safeFileName } from './receive';

let root: string;
let dir: string;
let turn = 0;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'ingest-'));
  await openLake({ root, memoryMb: 512 });
});
beforeEach(() => {
  turn += 1;
  dir = path.join(root, `t${turn}`);
});
afterAll(async () => {
  await closeLake();
  await rm(root, { recursive: true, force: true });
});

const MB = 1 << 20;
const receive = (bytes: Buffer | string, fileName = 'data.csv', maxBytes = 64 * MB) =>
  receiveUpload(Readable.from([Buffer.from(bytes)]), { dir, maxBytes, fileName });

/** The whole way of an upload: received, recognised, inspected. */
async function take(bytes: Buffer | string, fileName = 'data.csv') {
  const upload = await receive(bytes, fileName);
  const format = await detectFormat(upload.path, upload.fileName);
  return { path: upload.path, format, ...(await inspectFile(upload.path, format)) };
}
const typesOf = (found: { columns: { name: string; type: string }[] }) =>
  Object.fromEntries(found.columns.map(({ name, type }) => [name, type]));

describe('receiveUpload', () => {
  it('keeps a file and unpacks gzip, also in tiny pieces', async () => {
    const plain = await receive('a\n1\n', '../../etc/pa ss\0wd.csv');
    expect(plain).toMatchObject({ sizeBytes: 4, fileName: 'pa sswd.csv' });
    expect(await readFile(plain.path, 'utf8')).toBe('a\n1\n');
    const pieces = [...gzipSync('a\n1\n')].map((byte) => Buffer.from([byte]));
    const packed = await receiveUpload(Readable.from(pieces), {
      dir,
      maxBytes: MB,
      fileName: 'x.csv.gz',
    });
    expect(packed).toMatchObject({ sizeBytes: 4, sha256: plain.sha256, fileName: 'x.csv' });
  });

  it.each([
    ['a zip bomb', () => gzipSync(Buffer.alloc(60 * MB)), /zip bomb/],
    ['gzip beyond the bound', () => gzipSync(Buffer.alloc(15 * MB)), /unpacks to more than 1.0 MB/],
    ['a file beyond the bound', () => Buffer.alloc(2 * MB, 'x'), /larger than 1.0 MB/],
    ['cut gzip', () => gzipSync('a\n'.repeat(1000)).subarray(0, 20), /ends too early/],
    [
      'damaged gzip',
      () => Buffer.concat([gzipSync('a'.repeat(99)).subarray(0, 14), Buffer.alloc(40, 7)]),
      /damaged/,
    ],
    ['an empty file', () => Buffer.alloc(0), /empty/],
    ['gzip of nothing', () => gzipSync(''), /empty/],
  ])('refuses %s and leaves nothing', async (_name, make, message) => {
    const limit = message.source.includes('bomb') ? 64 * MB : MB;
    await expect(receive(make(), 'x.gz', limit)).rejects.toThrow(message);
    expect(await readdir(dir)).toEqual([]);
  });

  it('leaves nothing of a broken, short or aborted upload', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('a,b\n');
        throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      })(),
    );
    await expect(receiveUpload(broken, { dir, maxBytes: MB, fileName: 'x' })).rejects.toThrow(
      /broke off/,
    );
    const short = receiveUpload(Readable.from([Buffer.from('a')]), {
      dir,
      maxBytes: MB,
      fileName: 'x',
      expectedBytes: 5,
    });
    await expect(short).rejects.toThrow(/broke off/);
    const abort = new AbortController();
    const endless = new PassThrough();
    endless.write('a');
    setTimeout(() => abort.abort(new Error('left')), 20);
    await expect(
      receiveUpload(endless, { dir, maxBytes: MB, fileName: 'x', signal: abort.signal }),
    ).rejects.toThrow('left');
    expect(await readdir(dir)).toEqual([]);
  });

  it.each([
    ['C:\\fakepath\\sales.csv', 'sales.csv'],
    ['/etc/passwd', 'passwd'],
    ['..', 'upload'],
    ['', 'upload'],
    ['a\u202Egpj.csv', 'agpj.csv'],
    ['<script>.csv', '_script_.csv'],
    [`${'x'.repeat(300)}.csv`, `${'x'.repeat(100)}.csv`],
    ['.htaccess', 'htaccess'],
    ['a\r\nb.csv', 'ab.csv'],
    ['\ud800.csv', '\ufffd.csv'],
  ])('makes %j the name %j', (raw, safe) => expect(safeFileName(raw)).toBe(safe));
});

describe('detectFormat', () => {
  it.each([
    ['a,b\n1,2\n', 'x.csv', 'csv'],
    ['a\tb\n1\t2\n', 'x.tsv', 'tsv'],
    ['a\tb\n1\t2\n', 'x.txt', 'tsv'],
    ['a;b\n1;2', '', 'csv'],
    ['[{"a":1}]', 'x.json', 'json'],
    [' \n[\n {"a":1}]', 'x', 'json'],
    ['{"a":1}\n{"a":2}\n', 'x', 'ndjson'],
    ['{"rows":[{"a":1}]}', 'x.json', 'json'],
    ['{\n "rows": [\n{"a":1}]}', 'x', 'json'],
    ['{"a":1}', 'x.jsonl', 'ndjson'],
    ['{"a":1}\r\n{"a":2}', 'x.json', 'ndjson'],
    ['\ufeffa,b\n1,2', 'x.csv', 'csv'],
  ])('%j named %j is %s', async (text, name, format) => {
    const upload = await receive(text, name);
    expect(await detectFormat(upload.path, name)).toBe(format);
  });

  const zip = (inner: string) =>
    Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(26), Buffer.from(inner)]);
  it.each<[string, Buffer | string, RegExp]>([
    ['x.xlsx', zip('[Content_Types].xml xl/workbook.xml'), /Excel.*CSV UTF-8/],
    ['x.docx', zip('[Content_Types].xml word/document.xml'), /Word/],
    ['x.zip', zip('data.csv'), /ZIP archive/],
    ['x.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old Microsoft Office/],
    ['x.pdf', '%PDF-1.7', /PDF/],
    ['x.csv', Buffer.from('89504e470d0a1a0a', 'hex'), /PNG/],
    ['x.csv', '<!DOCTYPE html><html>', /web page/],
    ['x.csv', '<?xml version="1.0"?><a/>', /XML/],
    ['x.7z', Buffer.from('377abcaf271c', 'hex'), /7-Zip/],
    ['x.zst', Buffer.from('28b52ffd00', 'hex'), /zstd/],
    ['x.gz', gzipSync(gzipSync('a\n1')), /twice/],
    ['x.parquet', 'a,b\n1,2', /named .parquet/],
    ['x.json', 'hello', /named .json/],
    ['x.ndjson', 'a,b\n', /first line/],
    ['x.parquet', 'PARE1234PARE', /encrypted Parquet/],
    ['x.csv', ' \n \n', /nothing but blanks/],
    ['x.db', 'SQLite format 3\0', /SQLite/],
  ])('refuses %s with words', async (name, bytes, message) => {
    const upload = await receive(bytes, name);
    await expect(detectFormat(upload.path, name)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    });
  });
});

describe('inspectFile: CSV', () => {
  it('finds types, names, nulls and a sample', async () => {
    const found = await take(
      'Customer ID,Zip,Amount,Big,Active,Born,Created At,Seen,Note\n' +
        '1,01234,1.50,3000000000,true,2001-02-03,2024-01-02 03:04:05,2024-01-02T03:04:05Z,"a, ""b""\nc"\n' +
        '2,99999,2,1,false,NA,2024-01-02 03:04:05.5,2024-01-02T03:04:05+02:00,\n',
    );
    expect(typesOf(found)).toEqual({
      customer_id: 'integer',
      zip: 'string',
      amount: 'double',
      big: 'long',
      active: 'boolean',
      born: 'date',
      created_at: 'timestamp',
      seen: 'timestamp',
      note: 'string',
    });
    expect(found.rowCount).toBe(2);
    expect(found.columns.filter((column) => column.nullable).map((column) => column.name)).toEqual([
      'born',
      'note',
    ]);
    expect(found.columns[7]).toMatchObject({ timezone: true, originalName: 'Seen' });
    expect(found.sample[0]).toEqual({
      customer_id: 1,
      zip: '01234',
      amount: 1.5,
      big: 3000000000,
      active: true,
      born: '2001-02-03',
      created_at: '2024-01-02T03:04:05Z',
      seen: '2024-01-02T03:04:05Z',
      note: 'a, "b"\nc',
    });
    expect(found.warnings).toEqual([]);
  });

  it('widens a type that later rows break', async () => {
    const rows = (last: string) => `n\n${'1\n'.repeat(12_000)}${last}\n`;
    expect(typesOf(await take(rows('3000000000')))).toEqual({ n: 'long' });
    expect(typesOf(await take(rows('1.5')))).toEqual({ n: 'double' });
    expect(typesOf(await take(rows('x')))).toEqual({ n: 'string' });
    expect(typesOf(await take(rows('12345678901234567890')))).toEqual({ n: 'string' });
  });

  it.each<[string, string, Record<string, string>, RegExp]>([
    ['semicolons', 'a;b\n1;2\n', { a: 'integer', b: 'integer' }, /separated by ";"/],
    [
      'doubled and empty names',
      'a,,A,a\n1,2,3,4\n',
      { a: 'integer', column_2: 'integer', a_2: 'integer', a_3: 'integer' },
      /no name/,
    ],
    ['no header', '1,2\n3,4\n', { n_1: 'integer', n_2: 'integer' }, /looks like data/],
    ['an empty column', 'a,b\n1,\n2,\n', { a: 'integer', b: 'string' }, /b is empty in every row/],
  ])('warns about %s', async (_name, text, types, warning) => {
    const found = await take(text);
    expect(typesOf(found)).toEqual(types);
    expect(found.warnings.join(' ')).toMatch(warning);
  });

  it.each<[string, Buffer | string, RegExp]>([
    [
      'ragged rows',
      'a,b\n1,2\n3\n4,5,6\n',
      /Line 3 has 1 cells, but the header has 2 columns.*2 lines have/,
    ],
    [
      'ragged rows between quotes',
      'a,b\n"x,""\n""",2\n\n"q"\n5,6\n7,8,"9,"\n',
      /Line 5 has 1 cells.*2 lines have/,
    ],
    ['too many cells', 'a,b\n1,2,3\n', /Line 2 has 3 cells/],
    ['an open quote', 'a,b\n1,"x\n2,y\n', /Line 2 has a quote/],
    ['header only', 'a,b\n', /no rows/],
    ['header only, no line end', 'a,b', /no rows/],
    [
      '10,000 columns',
      `${Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(',')}\n${'1,'.repeat(9999)}1\n`,
      /10000 columns; at most 2000/,
    ],
    ['NUL bytes', 'a,b\n1,2\n3,\0\n', /Line 3 has a NUL byte \(at byte 10\)/],
    ['UTF-16 without a mark', Buffer.from('a,b\n1,2\n', 'utf16le'), /NUL byte/],
    ['a line of 3 MB', `a\n${'x'.repeat(3 * MB)}\n`, /longer than 2 MB/],
    ['a line of 40 MB', `a\n1\n${'x'.repeat(40 * MB)}\n2\n`, /longer than 2 MB/],
    ['a quoted text of 40 MB', `a,b\n1,"${'xxxxxxx\n'.repeat(5 * MB)}"\n`, /quote/],
    ['a header of 2 MB', 'x'.repeat(2 * MB), /first line is longer/],
  ])('refuses %s', async (_name, bytes, message) => {
    await expect(take(bytes)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    });
  });

  it.each<[string, Buffer, RegExp | null]>([
    ['UTF-8 with a mark', Buffer.from('\ufeffname\nJosé\n'), null],
    ['UTF-16 LE', Buffer.from('\ufeffname\nJosé\n', 'utf16le'), /UTF-16/],
    ['UTF-16 BE', Buffer.from('\ufeffname\nJosé\n', 'utf16le').swap16(), /UTF-16/],
    ['windows-1252', Buffer.from('name\nJosé\n', 'latin1'), /line 2 is not UTF-8/],
  ])('reads %s', async (_name, bytes, warning) => {
    const found = await take(bytes);
    expect(found.sample).toEqual([{ name: 'José' }]);
    if (warning) expect(found.warnings[0]).toMatch(warning);
    else expect(found.warnings).toEqual([]);
  });

  it('holds UTF-8 characters together across read pieces', async () => {
    const found = await take(`name\n${`${'é€😀'.repeat(40_000)}\n`.repeat(10)}`);
    expect(found.warnings).toEqual([]);
  });

  it('takes CRLF, blank lines, 2,000 columns and SQL in names as they are', async () => {
    expect((await take('a,b\r\n\r\n1,2\r\n\r\n')).rowCount).toBe(1);
    const evil = `"x""); DROP TABLE y; --",'a'\\\n1,2\n`;
    expect((await take(evil)).columns.map((column) => column.name)).toEqual([
      'x_drop_table_y',
      'a',
    ]);
    const wide = `${Array.from({ length: 2000 }, (_, at) => `c${at}`).join(',')}\n${'1,'.repeat(1999)}1\n`;
    expect((await take(wide)).columns).toHaveLength(2000);
  });

  it('keeps formula cells as plain text', async () => {
    const found = await take('a\n=cmd|calc\n');
    expect(found.sample).toEqual([{ a: '=cmd|calc' }]);
  });
});

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
    const file = path.join(root, 'in.parquet');
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
