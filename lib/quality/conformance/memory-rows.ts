import type { DuckDBConnection } from '@duckdb/node-api';
import { duckdbTypeOf, type FieldType, quoteIdent, quoteLiteral } from '@/lib/specs';
import type { Rows } from '../run/measure';

export interface MemoryTable {
  columns: Map<string, FieldType>;
  relation: string;
}
type Cell = unknown;

const INT_MAX = 2 ** 31;
const kindOf = (value: Cell): FieldType => {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return 'double';
    return Math.abs(value) < INT_MAX ? 'integer' : 'long';
  }
  return 'string';
};

/** The one type that holds all values of a column; null when they are of several kinds. */
function inferType(values: readonly Cell[]): FieldType | null {
  const kinds = new Set(values.filter((value) => value !== null).map(kindOf));
  if (kinds.size === 0) return 'string';
  if (kinds.size === 1) return [...kinds][0]!;
  const isNumbers = [...kinds].every((kind) => ['integer', 'long', 'double'].includes(kind));
  if (!isNumbers) return null;
  return kinds.has('double') ? 'double' : 'long';
}

const DECLARED: [RegExp, FieldType][] = [
  [/datetime|timestamp/i, 'timestamp'],
  [/^date(type)?$/i, 'date'],
  [/^(str|string|stringtype|text|varchar)/i, 'string'],
  [/^(bool)/i, 'boolean'],
  [/^(float|double)/i, 'double'],
];

/** Rows given as columns, as a table of DuckDB in the types that a schema names, else inferred. */
export async function memoryTable(
  connection: DuckDBConnection,
  name: string,
  data: Record<string, Cell[]>,
  schema: Record<string, string> = {},
  times: readonly string[] = [],
): Promise<MemoryTable | { mixed: string }> {
  const columns = new Map<string, FieldType>();
  const cells: Record<string, string[]> = {};
  for (const [column, values] of Object.entries(data)) {
    const declared = DECLARED.find(([form]) => form.test(schema[column] ?? ''))?.[1];
    const inferred = inferType(values);
    const isText = inferred === 'string';
    const type =
      times.includes(column) || (declared === 'timestamp' && isText)
        ? 'timestamp'
        : declared === 'date' && isText
          ? 'date'
          : declared === 'double' && inferred !== 'string' && inferred
            ? 'double'
            : (inferred ?? (declared === 'string' ? 'string' : null));
    if (type === null) return { mixed: column };
    columns.set(column, type);
    cells[column] = values.map((value) => cellSql(value, type));
  }
  const definition = [...columns].map(
    ([column, type]) => `${quoteIdent(column)} ${duckdbTypeOf({ type })}`,
  );
  await connection.run(`create table ${quoteIdent(name)} (${definition.join(', ')})`);
  const count = Math.max(...Object.values(cells).map((column) => column.length));
  const tuples = Array.from(
    { length: count },
    (_, at) =>
      `(${Object.values(cells)
        .map((column) => column[at] ?? 'null')
        .join(', ')})`,
  );
  for (let at = 0; at < tuples.length; at += 1000) {
    await connection.run(
      `insert into ${quoteIdent(name)} values ${tuples.slice(at, at + 1000).join(', ')}`,
    );
  }
  return { columns, relation: quoteIdent(name) };
}

function cellSql(value: Cell, type: FieldType): string {
  if (value === null || value === undefined) return 'null';
  if (type === 'timestamp' || type === 'date') {
    return quoteLiteral(timeOf(String(value)) ?? String(value)).trim();
  }
  if (type === 'string') {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return quoteLiteral(text).trim();
  }
  return String(value);
}

/** A time in words ("Jan 01 2001 12:00:01") as DuckDB reads it; null when it is none. */
export function timeOf(text: string): string | null {
  const at = new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text} UTC`);
  const known = Number.isNaN(at.getTime()) ? new Date(text) : at;
  return Number.isNaN(known.getTime())
    ? null
    : known.toISOString().replace('T', ' ').replace('Z', '');
}

export function memoryRows(connection: DuckDBConnection, relation: string): Rows {
  return {
    read: async (statement) =>
      (await connection.runAndReadAll(statement(relation))).getRowObjects() as Record<
        string,
        unknown
      >[],
    // Here the rows are the test's own; the sandbox itself is tested over real files.
    sandbox: async (sql) => {
      await connection.run(`create or replace temp view data as select * from ${relation}`);
      return (await connection.runAndReadAll(sql)).getRows()[0] ?? null;
    },
  };
}
