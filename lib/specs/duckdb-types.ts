import type { FieldShape, FieldType, SchemaField } from './field-types';
import { quoteIdent } from './sql';

const DEFAULT_DECIMAL = { precision: 18, scale: 4 };
const MAX_NESTING = 32;

const SCALAR_SQL = {
  string: 'VARCHAR',
  integer: 'INTEGER',
  long: 'BIGINT',
  double: 'DOUBLE',
  float: 'FLOAT',
  boolean: 'BOOLEAN',
  date: 'DATE',
  time: 'TIME',
  binary: 'BLOB',
  json: 'JSON',
} as const satisfies Partial<Record<FieldType, string>>;

/** The DuckDB column type of a field, nested types included, ready for a CAST or a CREATE TABLE. */
export function duckdbTypeOf(field: FieldShape): string {
  switch (field.type) {
    case 'decimal': {
      const precision = field.precision ?? DEFAULT_DECIMAL.precision;
      const scale = field.scale ?? Math.min(DEFAULT_DECIMAL.scale, precision);
      return `DECIMAL(${precision},${scale})`;
    }
    case 'timestamp':
      return field.timezone ? 'TIMESTAMP WITH TIME ZONE' : 'TIMESTAMP';
    case 'array':
      return `${duckdbTypeOf(field.items ?? { type: 'string' })}[]`;
    case 'struct': {
      const members = (field.fields ?? []).map(
        (member) => `${quoteIdent(member.name)} ${duckdbTypeOf(member)}`,
      );
      return members.length > 0 ? `STRUCT(${members.join(', ')})` : 'JSON';
    }
    default:
      return SCALAR_SQL[field.type];
  }
}

const SHAPES = new Map<string, FieldShape>(
  Object.entries({
    TINYINT: { type: 'integer' },
    SMALLINT: { type: 'integer' },
    INTEGER: { type: 'integer' },
    INT: { type: 'integer' },
    UTINYINT: { type: 'integer' },
    USMALLINT: { type: 'integer' },
    UINTEGER: { type: 'long' },
    BIGINT: { type: 'long' },
    UBIGINT: { type: 'decimal', precision: 20, scale: 0 },
    HUGEINT: { type: 'decimal', precision: 38, scale: 0 },
    UHUGEINT: { type: 'decimal', precision: 38, scale: 0 },
    DECIMAL: { type: 'decimal', precision: 18, scale: 3 },
    NUMERIC: { type: 'decimal', precision: 18, scale: 3 },
    FLOAT: { type: 'float' },
    REAL: { type: 'float' },
    DOUBLE: { type: 'double' },
    'DOUBLE PRECISION': { type: 'double' },
    BOOLEAN: { type: 'boolean' },
    BOOL: { type: 'boolean' },
    DATE: { type: 'date' },
    TIME: { type: 'time' },
    TIME_NS: { type: 'time' },
    TIMESTAMP: { type: 'timestamp' },
    DATETIME: { type: 'timestamp' },
    TIMESTAMP_S: { type: 'timestamp' },
    TIMESTAMP_MS: { type: 'timestamp' },
    TIMESTAMP_NS: { type: 'timestamp' },
    TIMESTAMPTZ: { type: 'timestamp', timezone: true },
    'TIMESTAMP WITH TIME ZONE': { type: 'timestamp', timezone: true },
    BLOB: { type: 'binary' },
    BYTEA: { type: 'binary' },
    JSON: { type: 'json' },
    MAP: { type: 'json' },
    UNION: { type: 'json' },
    VARIANT: { type: 'json' },
    STRUCT: { type: 'json' },
  } satisfies Record<string, FieldShape>),
);

/**
 * The field type of what DuckDB's `DESCRIBE` prints, nested types included. Types without a counterpart
 * (UUID, ENUM, INTERVAL, BIT, text with a zone) read as `string`, which every one of them casts to.
 */
export function fieldTypeOfDuckdb(sqlType: string): FieldShape {
  return shapeOf(sqlType.trim(), 0);
}

function shapeOf(sql: string, depth: number): FieldShape {
  if (depth > MAX_NESTING) return { type: 'json' };
  const list = /^(.+)\[\d*\]$/s.exec(sql);
  if (list?.[1]) return { type: 'array', items: shapeOf(list[1].trim(), depth + 1) };
  const call = /^([A-Za-z_ ]+?)\s*\((.*)\)$/s.exec(sql);
  const name = (call?.[1] ?? sql).toUpperCase();
  const parts = call ? splitTopLevel(call[2] ?? '') : [];
  if ((name === 'DECIMAL' || name === 'NUMERIC') && parts.length > 0) {
    return { type: 'decimal', precision: Number(parts[0]), scale: Number(parts[1] ?? 0) };
  }
  if (name === 'STRUCT' && parts.length > 0) {
    return { type: 'struct', fields: parts.map((part) => memberOf(part, depth + 1)) };
  }
  return { ...(SHAPES.get(name) ?? { type: 'string' }) };
}

function memberOf(part: string, depth: number): SchemaField {
  const quoted = /^"((?:[^"]|"")*)"\s+(.+)$/s.exec(part);
  if (quoted?.[1] !== undefined && quoted[2]) {
    return { name: quoted[1].replaceAll('""', '"'), ...shapeOf(quoted[2], depth) };
  }
  const space = part.indexOf(' ');
  return { name: part.slice(0, space), ...shapeOf(part.slice(space + 1).trim(), depth) };
}

/** Splits at commas that stand outside parentheses and quotes. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts.filter((part) => part !== '');
}
