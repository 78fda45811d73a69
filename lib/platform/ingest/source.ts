import { AppError } from '@/lib/core/errors';
import { duckdbTypeOf } from '@/lib/specs/duckdb-types';
import type { SchemaField } from '@/lib/specs/field-types';
import { quoteIdent, quoteLiteral } from '@/lib/specs/sql';
import type { UploadFormat } from './detect';

/** How an inspected file is read; plain JSON, so that it can be kept. The path is not part of it. */
export interface UploadSource {
  format: UploadFormat;
  /** Of CSV and TSV. */
  delimiter?: string;
  /** The file's columns, in its order. */
  names: string[];
}

/** A column of the edited schema, and where in the file it comes from (its own name when left out). */
export type UploadField = SchemaField & { sourceName?: string };

/** Text that stands for "nothing" in columns that are not text. */
export const NULL_TOKENS = [
  '',
  'NA',
  'N/A',
  '#N/A',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
  '-',
  '\\N',
];
const NULL_LIST = NULL_TOKENS.map((token) => quoteLiteral(token).trim()).join(', ');

const literal = (text: string) => quoteLiteral(text).trim();

/** A relation over the raw file, usable after FROM: text columns, except Parquet's, which have types of their own. */
export function rawRelation(file: string, source: UploadSource): string {
  const columns = `{${source.names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ')}}`;
  switch (source.format) {
    case 'parquet':
      return `read_parquet(${literal(file)})`;
    case 'csv':
    case 'tsv':
      return `read_csv(${literal(file)}, auto_detect = false, delim = ${literal(source.delimiter ?? ',')}, quote = '"', escape = '"', header = true, max_line_size = 2097152, columns = ${columns})`;
    default: {
      const layout = source.format === 'json' ? 'array' : 'newline_delimited';
      return `read_json(${literal(file)}, format = '${layout}', records = true, maximum_object_size = 67108864, columns = ${columns})`;
    }
  }
}

/** The SELECT that reads a file as the edited schema; a value that does not fit becomes NULL (see `castFailures`). */
export function relationForUpload(
  file: string,
  source: UploadSource,
  fields: readonly UploadField[],
): string {
  const columns = fields.map((field) => `${castSql(source, field)} AS ${quoteIdent(field.name)}`);
  if (columns.length === 0)
    throw new AppError('invalid', 'The schema has no columns. Keep at least one.');
  return `SELECT ${columns.join(', ')} FROM ${rawRelation(file, source)}`;
}

export function sourceColumn(source: UploadSource, field: UploadField): string {
  const name = field.sourceName ?? field.name;
  if (source.names.includes(name)) return quoteIdent(name);
  throw new AppError(
    'invalid',
    `The file has no column "${name}", which ${field.name} is made from.`,
    {
      fields: { [field.name]: `The file has no column "${name}".` },
    },
  );
}

/** The value in the field's type, NULL when it does not fit. */
export function castSql(source: UploadSource, field: UploadField): string {
  const column = sourceColumn(source, field);
  const type = duckdbTypeOf(field);
  if (field.type === 'string') return `CAST(${column} AS VARCHAR)`;
  if (source.format === 'parquet') return `TRY_CAST(${column} AS ${type})`;
  switch (field.type) {
    case 'integer':
    case 'long':
      // DuckDB would round 1.5; here it is a misfit.
      return `CASE WHEN regexp_full_match(trim(${column}), '[+-]?[0-9]+(\\.0+)?') THEN TRY_CAST(${column} AS ${type}) END`;
    case 'double':
    case 'float':
      return `CASE WHEN isfinite(TRY_CAST(${column} AS ${type})) THEN TRY_CAST(${column} AS ${type}) END`;
    case 'array':
    case 'struct':
      return `TRY_CAST(TRY_CAST(${column} AS JSON) AS ${type})`;
    default:
      return `TRY_CAST(${column} AS ${type})`;
  }
}

/** True for text rows without a value, or with text that stands for none. */
const absentSql = (name: string) =>
  `(${quoteIdent(name)} IS NULL OR trim(${quoteIdent(name)}) IN (${NULL_LIST}))`;

/** True for rows whose value is present and does not fit. */
export function misfitSql(source: UploadSource, field: UploadField): string {
  const column = sourceColumn(source, field);
  const isPresent =
    source.format === 'parquet'
      ? `${column} IS NOT NULL`
      : `NOT (${absentSql(field.sourceName ?? field.name)})`;
  return `${isPresent} AND (${castSql(source, field)}) IS NULL`;
}
