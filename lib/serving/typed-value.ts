import { duckdbTypeOf, type SchemaField } from '@/lib/specs';
import type { TypedValue } from './types';

const EXPECTED: Record<SchemaField['type'], string> = {
  string: 'text',
  integer: 'a whole number from -2147483648 to 2147483647',
  long: 'a whole number from -9223372036854775808 to 9223372036854775807',
  decimal: 'a decimal number of at most 38 digits, for example 12.50',
  double: 'a number, for example 12.5 or 1e3',
  float: 'a number, for example 12.5 or 1e3',
  boolean: 'true or false',
  date: 'a date, for example 2026-01-31',
  time: 'a time of day, for example 13:45:00',
  timestamp: 'a timestamp, for example 2026-01-31T13:45:00Z',
  binary: 'nothing but is.null',
  json: 'nothing but is.null',
  array: 'nothing but is.null',
  struct: 'nothing but is.null',
};

/** What a filter on the column may be compared with, in words for an error message. */
export const expectedValue = (field: SchemaField) => EXPECTED[field.type];

/** Types whose values cannot be compared or sorted by this API. */
export function isOpaque(field: SchemaField): boolean {
  return ['binary', 'json', 'array', 'struct'].includes(field.type);
}

/** The text as a value of the column's type; null when it is not one. */
export function typedValue(field: SchemaField, text: string): TypedValue | null {
  if (text.includes('\0') || !text.isWellFormed() || text.length > 4000) return null;
  const checked = CHECKS[field.type]?.(text, field);
  if (checked === undefined || checked === null) return null;
  return typeof checked === 'string' ? { text: checked, sqlType: duckdbTypeOf(field) } : checked;
}

type Check = (text: string, field: SchemaField) => string | TypedValue | null;

const wholeNumber = (bits: bigint): Check => {
  const limit = 1n << (bits - 1n);
  return (text) => {
    if (!/^[+-]?\d{1,20}$/.test(text)) return null;
    const value = BigInt(text.replace('+', ''));
    return value >= -limit && value < limit ? value.toString() : null;
  };
};

const realNumber: Check = (text) =>
  /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?|Infinity|NaN)$/.test(text) &&
  (Number.isFinite(Number(text)) || !/\d/.test(text))
    ? text.replace('+', '')
    : null;

/** Digits beyond the column's scale are kept, so that 1.234 equals no value of a DECIMAL(18,2). */
const decimal: Check = (text, field) => {
  const match = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text);
  if (!match || !/\d/.test(text)) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const columnScale = field.scale ?? 4;
  const columnWhole = (field.precision ?? 18) - columnScale;
  const value = `${sign === '-' ? '-' : ''}${whole || '0'}${fraction ? `.${fraction}` : ''}`;
  if (fraction.length <= columnScale && whole.length <= columnWhole) return value;
  const scale = Math.max(columnScale, fraction.length);
  const isHeld = Math.max(whole.length, columnWhole) + scale <= 38;
  return isHeld ? { text: value, sqlType: `DECIMAL(38,${scale})` } : null;
};

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || match[1] === '0000') return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const CLOCK = '([01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?';
const TIME = new RegExp(`^${CLOCK}$`);
// A "+" that was not percent-encoded arrives as a space.
const INSTANT = new RegExp(
  `^(\\d{4}-\\d{2}-\\d{2})(?:[T ](${CLOCK})(Z|[+ -](?:0\\d|1[0-4])(?::?[0-5]\\d)?)?)?$`,
);

const timestamp: Check = (text) => {
  const match = INSTANT.exec(text);
  if (!match || !isDate(match[1]!)) return null;
  const zone = (match[4] ?? '').replace(' ', '+').replace('Z', '+00');
  const clock = match[2] ?? '00:00:00';
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  return `${match[1]} ${seconds}${offset}`;
};

const CHECKS: Partial<Record<SchemaField['type'], Check>> = {
  string: (text) => text,
  integer: wholeNumber(32n),
  long: wholeNumber(64n),
  decimal,
  double: realNumber,
  float: realNumber,
  boolean: (text) => (text === 'true' || text === 'false' ? text : null),
  date: (text) => (isDate(text) ? text : null),
  time: (text) => (TIME.test(text) ? (text.length === 5 ? `${text}:00` : text) : null),
  timestamp,
};
