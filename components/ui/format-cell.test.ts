import { describe, expect, it } from 'vitest';
import { formatCell, isNumericType } from './format-cell';

describe('formatCell', () => {
  it('marks null and undefined, which are not the text "null"', () => {
    expect(formatCell(null)).toMatchObject({ isNull: true });
    expect(formatCell(undefined)).toMatchObject({ isNull: true });
    expect(formatCell('null')).toMatchObject({ isNull: false, text: 'null' });
  });

  it('keeps numbers exact', () => {
    expect(formatCell(9_007_199_254_740_993n).text).toBe('9007199254740993');
    expect(formatCell('12345678901234567890.10', 'DECIMAL(30,2)')).toMatchObject({
      text: '12345678901234567890.10',
      isNumeric: true,
    });
    expect(formatCell(0).text).toBe('0');
    expect(formatCell(false).text).toBe('false');
  });

  it('writes nested values as JSON, big integers included', () => {
    expect(formatCell({ a: [1n, null] }).text).toBe('{"a":["1",null]}');
  });
});

describe('isNumericType', () => {
  it.each(['INTEGER', 'bigint', 'UBIGINT', 'HUGEINT', 'double', 'decimal(10,2)', 'float'])(
    '%s is numeric',
    (type) => expect(isNumericType(type)).toBe(true),
  );
  it.each(['VARCHAR', 'interval', 'timestamp', 'boolean', undefined])('%s is not', (type) =>
    expect(isNumericType(type)).toBe(false),
  );
});
