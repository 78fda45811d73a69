import { stat } from 'node:fs/promises';
import { AppError, isAppError } from '@/lib/core/errors';
import { describeColumns, type Json, queryRows } from '@/lib/platform/lake';
import { fieldTypeOfDuckdb } from '@/lib/specs/duckdb-types';
import type { SchemaField } from '@/lib/specs/field-types';
import { quoteIdent, quoteLiteral } from '@/lib/specs/sql';
import { assertHasRows, csvError, openCsv } from './csv';
import type { UploadFormat } from './detect';
import { normaliseEncoding } from './encoding';
import { COLUMNS_PER_QUERY, inferTypes } from './infer';
import { openJson } from './json';
import { type NamedColumn, nameColumns, short } from './names';
import {
  misfitSql,
  rawRelation,
  relationForUpload,
  type UploadField,
  type UploadSource,
} from './source';

const SAMPLE_ROWS = 20;

export type UploadColumn = NamedColumn & SchemaField & { nullable: boolean };

export interface Inspection {
  /** How to read the file again; goes into `relationForUpload`. */
  source: UploadSource;
  columns: UploadColumn[];
  rowCount: number;
  /** After the text was made UTF-8. */
  sizeBytes: number;
  warnings: string[];
  sample: Record<string, Json>[];
}

/**
 * Reads an uploaded file through and says what is in it. The file may be rewritten: text becomes UTF-8 without a byte
 * order mark, a JSON object with one array becomes that array.
 * @throws AppError invalid that names the line and what to mend
 */
export async function inspectFile(
  file: string,
  format: UploadFormat,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Inspection> {
  const encodingWarnings = format === 'parquet' ? [] : await normaliseEncoding(file, signal);
  const opened = await openers[format](file, signal);
  const warnings = [...encodingWarnings, ...opened.warnings];
  const { source, columns, rowCount } = opened;
  if (rowCount === 0) throw new AppError('invalid', 'The file has no rows. Upload one with data.');
  for (const column of columns) {
    if (opened.emptyColumns.has(column.sourceName))
      warnings.push(`Column ${column.name} is empty in every row.`);
  }
  const sql = `${relationForUpload(file, source, columns)} LIMIT ${SAMPLE_ROWS}`;
  const sample = await queryRows(sql, [], { signal });
  const { size: sizeBytes } = await stat(file);
  return { source, columns, rowCount, sizeBytes, warnings, sample };
}

interface Opened {
  source: UploadSource;
  columns: UploadColumn[];
  rowCount: number;
  warnings: string[];
  emptyColumns: Set<string>;
}
type Open = (file: string, signal?: AbortSignal) => Promise<Opened>;

const openText =
  (format: 'csv' | 'tsv'): Open =>
  async (file, signal) => {
    const { source, columns, warnings } = await openCsv(file, format);
    try {
      await assertHasRows(file, source, signal);
      const inferred = await inferTypes(file, source, { signal });
      return { source, warnings, ...typed(columns, inferred) };
    } catch (error) {
      throw await csvError(error, file, source, signal);
    }
  };

const openDocument =
  (format: 'json' | 'ndjson'): Open =>
  async (file, signal) => {
    const { source, allowed } = await openJson(file, format, signal);
    const { columns, warnings } = nameColumns(source.names);
    const named = columns.map((column, at) => ({ ...column, sourceName: source.names[at] ?? '' }));
    const inferred = await inferTypes(file, source, { allowed, signal });
    return { source, warnings, ...typed(named, inferred) };
  };

const openParquet: Open = async (file, signal) => {
  try {
    const scan = `read_parquet(${quoteLiteral(file).trim()})`;
    const described = await describeColumns(`SELECT * FROM ${scan}`, { signal });
    const { columns, warnings } = nameColumns(described.map(({ name }) => name));
    const source: UploadSource = { format: 'parquet', names: described.map(({ name }) => name) };
    const counts = source.names.map((name, at) => `count(${quoteIdent(name)}) AS "c${at}"`);
    const [row = {}] = await queryRows(
      `SELECT count(*) AS total, ${counts.join(', ')} FROM ${scan}`,
      [],
      { signal },
    );
    const rowCount = Number(row.total);
    const all = columns.map((column, at) => ({
      ...column,
      sourceName: source.names[at] ?? '',
      ...fieldTypeOfDuckdb(described[at]?.type ?? 'VARCHAR'),
      nullable: Number(row[`c${at}`]) < rowCount,
    }));
    const empty = source.names.filter((_, at) => rowCount > 0 && Number(row[`c${at}`]) === 0);
    return { source, columns: all, rowCount, warnings, emptyColumns: new Set(empty) };
  } catch (error) {
    throw parquetError(error);
  }
};

const openers: Record<UploadFormat, Open> = {
  csv: openText('csv'),
  tsv: openText('tsv'),
  json: openDocument('json'),
  ndjson: openDocument('ndjson'),
  parquet: openParquet,
};

function typed(
  named: readonly NamedColumn[],
  { columns, rowCount }: Awaited<ReturnType<typeof inferTypes>>,
) {
  const nulls = (name: string) => columns.get(name)?.nulls ?? rowCount;
  const empty = [...columns.keys()].filter((name) => rowCount > 0 && nulls(name) === rowCount);
  return {
    rowCount,
    emptyColumns: new Set(empty),
    columns: named.map((column) => ({
      ...column,
      ...(columns.get(column.sourceName)?.shape ?? { type: 'string' as const }),
      nullable: nulls(column.sourceName) > 0,
    })),
  };
}

function parquetError(error: unknown): unknown {
  if (isAppError(error) || !(error instanceof Error)) return error;
  if (/encrypt/i.test(error.message)) {
    return new AppError(
      'invalid',
      'The Parquet file is encrypted, and its key is not here. Upload it unencrypted.',
    );
  }
  if (/interrupt|abort/i.test(error.message)) return error;
  return new AppError(
    'invalid',
    `The Parquet file is damaged or incomplete, and could not be read. Write it again and upload the whole file.`,
  );
}

export interface CastFailure {
  column: string;
  count: number;
  firstValue: string;
  /** From 1, the header not counted. */
  firstRow: number;
}

/** Which columns of the edited schema have values that do not fit their type; empty when all fit. */
export async function castFailures(
  file: string,
  source: UploadSource,
  fields: readonly UploadField[],
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<CastFailure[]> {
  const raw = rawRelation(file, source);
  const row: Record<string, Json> = {};
  for (let start = 0; start < fields.length; start += COLUMNS_PER_QUERY) {
    const tests = fields
      .slice(start, start + COLUMNS_PER_QUERY)
      .map((field, at) => `count_if(${misfitSql(source, field)}) AS "m${start + at}"`);
    Object.assign(
      row,
      ...(await queryRows(`SELECT ${tests.join(', ')} FROM ${raw}`, [], { signal })),
    );
  }
  const failures: CastFailure[] = [];
  for (const [at, field] of fields.entries()) {
    const count = Number(row[`m${at}`] ?? 0);
    if (count === 0) continue;
    const column = quoteIdent(field.sourceName ?? field.name);
    const [first] = await queryRows(
      `SELECT rn, v FROM (SELECT row_number() OVER () AS rn, CAST(${column} AS VARCHAR) AS v, (${misfitSql(source, field)}) AS bad FROM ${raw}) WHERE bad ORDER BY rn LIMIT 1`,
      [],
      { signal },
    );
    failures.push({
      column: field.name,
      count,
      firstValue: short(String(first?.v ?? '')),
      firstRow: Number(first?.rn ?? 0),
    });
  }
  return failures;
}
