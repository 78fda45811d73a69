import { type DuckDBType, DuckDBTypeId, type DuckDBValue } from '@duckdb/node-api';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Convert = (value: DuckDBValue) => Json;

const MICROS_PER_DAY = 86_400_000_000n;
const MAX_FLOAT_DIGITS = 15;

/**
 * How a column's values become JSON, decided once per column:
 * 64-bit and wider integers are numbers up to 2^53 and text beyond; decimals of up to 15 digits are numbers, wider
 * ones exact text; NaN and infinities are text; timestamps are ISO 8601 in UTC, dates `YYYY-MM-DD`, binary
 * base64, JSON columns the value itself, maps objects; NULL is null.
 */
export function jsonConverter(type: DuckDBType): Convert {
  const convert = convertOf(type);
  return (value) => (value === null || value === undefined ? null : convert(value));
}

function convertOf(type: DuckDBType): Convert {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.ENUM:
      return (value) => value as Json;
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
    case DuckDBTypeId.BIGNUM:
      return (value) => bigintJson(value as bigint);
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return (value) => (Number.isFinite(value) ? (value as number) : String(value));
    case DuckDBTypeId.DECIMAL: {
      const isNarrow = 'width' in type && type.width <= MAX_FLOAT_DIGITS;
      return (value) => (isNarrow ? Number(String(value)) : String(value));
    }
    case DuckDBTypeId.VARCHAR:
      return type.alias === 'JSON' ? (value) => parseJson(String(value)) : (value) => value as Json;
    case DuckDBTypeId.BLOB:
      return (value) => Buffer.from((value as { bytes: Uint8Array }).bytes).toString('base64');
    case DuckDBTypeId.DATE:
      return (value) => dateJson(value as { days: number; isFinite: boolean });
    default:
      return timestampOf(type) ?? nestedOf(type) ?? ((value) => String(value));
  }
}

function timestampOf(type: DuckDBType): Convert | null {
  switch (type.typeId) {
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return (value) => isoOf((value as { micros: bigint }).micros, value);
    case DuckDBTypeId.TIMESTAMP_S:
      return (value) => isoOf((value as { seconds: bigint }).seconds * 1_000_000n, value);
    case DuckDBTypeId.TIMESTAMP_MS:
      return (value) => isoOf((value as { millis: bigint }).millis * 1000n, value);
    case DuckDBTypeId.TIMESTAMP_NS:
      return (value) => isoOf((value as { nanos: bigint }).nanos / 1000n, value);
    default:
      return null;
  }
}

function nestedOf(type: DuckDBType): Convert | null {
  if (type.typeId === DuckDBTypeId.LIST || type.typeId === DuckDBTypeId.ARRAY) {
    const item = jsonConverter((type as { valueType: DuckDBType }).valueType);
    return (value) => (value as { items: readonly DuckDBValue[] }).items.map(item);
  }
  if (type.typeId === DuckDBTypeId.STRUCT) {
    const { entryNames, entryTypes } = type as {
      entryNames: readonly string[];
      entryTypes: readonly DuckDBType[];
    } & DuckDBType;
    const members = entryNames.map((name, at) => ({
      name,
      convert: jsonConverter(entryTypes[at]!),
    }));
    return (value) => {
      const entries = (value as { entries: Record<string, DuckDBValue> }).entries;
      return Object.fromEntries(members.map((m) => [m.name, m.convert(entries[m.name] ?? null)]));
    };
  }
  if (type.typeId === DuckDBTypeId.MAP) {
    const map = type as { keyType: DuckDBType; valueType: DuckDBType } & DuckDBType;
    const key = jsonConverter(map.keyType);
    const item = jsonConverter(map.valueType);
    return (value) => {
      const entries = (value as { entries: { key: DuckDBValue; value: DuckDBValue }[] }).entries;
      return Object.fromEntries(entries.map((e) => [keyText(key(e.key)), item(e.value)]));
    };
  }
  return null;
}

const keyText = (key: Json) => (typeof key === 'string' ? key : JSON.stringify(key));

function bigintJson(value: bigint): Json {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value.toString();
}

function dateJson(value: { days: number; isFinite: boolean }): Json {
  const date = new Date(value.days * 86_400_000);
  if (!value.isFinite || Number.isNaN(date.getTime())) return String(value);
  return date.toISOString().split('T')[0] ?? null;
}

function isoOf(micros: bigint, value: DuckDBValue): Json {
  const inDay = ((micros % MICROS_PER_DAY) + MICROS_PER_DAY) % MICROS_PER_DAY;
  const date = new Date(Number((micros - inDay) / 1000n));
  if (Number.isNaN(date.getTime())) return String(value);
  const fraction = inDay % 1_000_000n;
  const seconds = new Date(Number(inDay / 1000n)).toISOString().slice(11, 19);
  const digits =
    fraction === 0n ? '' : `.${fraction.toString().padStart(6, '0').replace(/0+$/, '')}`;
  return `${date.toISOString().split('T')[0]}T${seconds}${digits}Z`;
}

/** Integers that a double cannot hold stay exact, as text. */
function parseJson(text: string): Json {
  try {
    return JSON.parse(text, (_key, value: Json, context?: { source?: string }) =>
      typeof value === 'number' &&
      !Number.isSafeInteger(value) &&
      /^-?\d+$/.test(context?.source ?? '')
        ? (context?.source ?? value)
        : value,
    ) as Json;
  } catch {
    return text;
  }
}
