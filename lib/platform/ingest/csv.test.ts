import { describe, expect, it } from 'vitest';
import { MB, typesOf, uploads } from './test-uploads';

const { take } = uploads();

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
    ['several line endings', 'a,b\r1,2\r\n3,4\r', /ends its lines in several ways/],
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
