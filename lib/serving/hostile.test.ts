import { describe, expect, it } from 'vitest';
import { isAppError } from '@/lib/core/errors';
import type { SchemaField } from '@/lib/specs';
import { compileRows } from './compile';
import { negotiateFormat } from './negotiate';
import { readPageToken } from './page-token';
import { parseRowsQuery } from './parse-query';
import type { RowFormat } from './types';

const FIELDS: SchemaField[] = [
  { name: 'id', type: 'integer' },
  { name: 'big', type: 'long' },
  { name: 'customer_name', type: 'string' },
  { name: 'amount', type: 'decimal', precision: 10, scale: 2 },
  { name: 'ratio', type: 'double' },
  { name: 'flag', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'time' },
  { name: 'ts', type: 'timestamp' },
  { name: 'blob', type: 'binary' },
  { name: 'extra', type: 'json' },
  { name: 'list', type: 'array', items: { type: 'string' } },
];
const COLUMNS = new Map(FIELDS.map((field) => [field.name, field]));
const parse = (query: string, format: RowFormat = 'json') => parseRowsQuery(query, format, COLUMNS);

/** Query → what the message must say. */
const REFUSED: [string, RegExp][] = [
  ['nope=eq.1', /no column "nope"/],
  ['customerName=eq.a', /Did you mean "customer_name"/],
  ['ID=eq.1', /Did you mean "id"/],
  ['id', /"" is not an operator/],
  ['id=', /not an operator/],
  ['id=1', /To ask for equality write eq\.1/],
  ['id=equals.1', /"equals" is not an operator/],
  ['id=eq', /eq needs a value/],
  ['id=eq.', /type integer/],
  ['id=eq.a', /expects a whole number/],
  ['id=eq.1.5', /type integer/],
  ['id=eq.2147483648', /2147483647/],
  ['id=eq.1e3', /type integer/],
  ['id=eq.0x10', /type integer/],
  ['id=eq.1;drop table x', /type integer/],
  ['id=eq.1 or 1=1', /type integer/],
  ["id=eq.1'--", /type integer/],
  ['id=not.', /not an operator/],
  ['id=not.not.eq.1', /"not" is not an operator/],
  ['big=eq.9223372036854775808', /type long/],
  ['big=eq.-9223372036854775809', /type long/],
  ['amount=gt.abc', /decimal/],
  ['amount=gt.', /decimal/],
  ['amount=gt..', /decimal/],
  [`amount=gt.${'9'.repeat(39)}`, /38 digits/],
  ['ratio=gt.1e999', /type double/],
  ['ratio=gt.--1', /type double/],
  ['ratio=gt.1_000', /type double/],
  ['flag=eq.yes', /true or false/],
  ['flag=is.maybe', /null, true or false/],
  ['id=is.true', /takes null/],
  ['day=eq.2024-02-30', /a date/],
  ['day=eq.2024-1-1', /a date/],
  ['day=eq.0000-01-01', /a date/],
  ['day=eq.now', /a date/],
  ['at=eq.25:00', /time of day/],
  ['ts=eq.2024-01-01T24:00:00', /a timestamp/],
  ['ts=eq.2024-01-01T00:00:00%2B99:00', /a timestamp/],
  ['ts=eq.epoch', /a timestamp/],
  ['blob=eq.a', /can only be asked is\.null/],
  ['extra=like.a', /can only be asked is\.null/],
  ['list=in.(a)', /can only be asked is\.null/],
  ['id=like.1*', /needs a text column/],
  ['id=in.1,2', /list in parentheses/],
  ['id=in.()', /list in parentheses/],
  ['id=in.(1,,2)', /type integer/],
  ['id=in.(1', /list in parentheses/],
  ['customer_name=in.("a)', /double quote is not closed/],
  ['customer_name=in.("a"b)', /text follows a closing quote/],
  [`id=in.(${Array.from({ length: 1001 }, (_, index) => index).join(',')})`, /at most 1000/],
  ['id=between.(1)', /takes two values/],
  ['id=between.(1,2,3)', /takes two values/],
  ['customer_name=eq.a%00b', /type string/],
  [`customer_name=eq.${'x'.repeat(4001)}`, /type string/],
  ['select=', /empty name/],
  ['select=id,', /empty name/],
  ['select=id,id', /twice/],
  ['select=id,nope', /no column "nope"/],
  ['select=count(*)', /no column/],
  ['select=id"; drop table x; --', /no column/],
  ['select="id', /not closed/],
  ['select=id&select=big', /select stands there twice/],
  ['order=', /no column ""/],
  ['order=nope', /no column "nope"/],
  ['order=id.down', /not understood/],
  ['order=id.desc.nullsmiddle', /not understood/],
  ['order=id.desc.nullslast.x', /not understood/],
  ['order=id,id.desc', /twice/],
  ['order=extra', /cannot be sorted/],
  ['order=id&order=big', /order stands there twice/],
  ['order=id;delete', /no column/],
  ['order=(select 1)', /no column/],
  ['limit=0', /from 1 to 10000/],
  ['limit=-1', /from 1 to 10000/],
  ['limit=10001', /ndjson, csv or parquet/],
  ['limit=ten', /"ten" is not one/],
  ['limit=1e3', /is not one/],
  ['limit=', /is not one/],
  ['limit=99999999999999999999', /is not one/],
  ['count=maybe', /count takes exact/],
  ['cells=evil', /raw or safe/],
  ['download=1', /true or false/],
  ['or=', /conditions in parentheses/],
  ['or=()', /conditions in parentheses/],
  ['or=(id)', /is not a condition/],
  ['or=(id.eq.1', /conditions in parentheses/],
  ['or=(id.eq.1,nope.eq.2)', /no column "nope"/],
  ['or=(id.eq.(1)', /not closed/],
  ['or=(id.eq.a)', /type integer/],
  ['col.nope=eq.1', /no column "nope"/],
  ['col.=eq.1', /no column ""/],
  ['id=eq.1&id=eq.1', /stands there twice/],
  [Array.from({ length: 51 }, (_, index) => `id=neq.${index}`).join('&'), /more than 50 filters/],
  ['x'.repeat(20_000), /at most 16384/],
  ['__proto__=eq.1', /no column/],
  ['constructor=eq.1', /no column/],
  ['__portolan_row=gt.1', /no column/],
  ['%ff%fe=eq.1', /no column/],
  ['[object]=eq.1', /no column/],
];

describe('hostile queries', () => {
  it.each(REFUSED)('refuses %s', (query, message) => {
    let refusal: unknown;
    try {
      parse(query);
    } catch (error) {
      refusal = error;
    }
    if (!isAppError(refusal)) throw new Error(`accepted or crashed: ${query.slice(0, 80)}`);
    expect(refusal.code).toBe('invalid');
    expect(refusal.message).toMatch(message);
    expect(refusal.message.length).toBeLessThan(400);
    expect(refusal.details.parameter).toBeTypeOf('string');
  });

  it('refuses pages that are not its own', () => {
    const query = parse('page=x');
    const other = Buffer.from('5.aaaaaaaaaaaa.snap').toString('base64url');
    for (const token of ['', 'x', '…', 'a'.repeat(5000), other, "' or 1=1"]) {
      expect(() => readPageToken(token, query), token).toThrow(/^page /);
    }
    expect(() => parse('page=x', 'csv')).toThrow(/page is for JSON/);
  });

  it('binds every value and quotes every name', () => {
    const text = `'; drop table x; --`;
    const query = parse(`customer_name=eq.${encodeURIComponent(text)}&or=(id.eq.1,big.gt.2)`);
    const { sql, values } = compileRows(query, { relation: 'relation', isDense: true }, COLUMNS);
    expect(values).toEqual([text, '1', '2']);
    expect(sql).not.toContain('drop');
  });
});

describe('formats', () => {
  it('follows Accept by quality', () => {
    expect(negotiateFormat(undefined)).toBe('json');
    expect(negotiateFormat('text/html,application/xhtml+xml,*/*;q=0.8')).toBe('json');
    expect(negotiateFormat('application/json;q=0.5, text/csv')).toBe('csv');
    expect(negotiateFormat('application/x-ndjson')).toBe('ndjson');
    expect(() => negotiateFormat('image/png')).toThrow(/not "image\/png"/);
    expect(() => negotiateFormat('text/csv;q=0')).toThrow();
  });
});
