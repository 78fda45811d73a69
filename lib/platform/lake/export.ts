import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { newId } from '@/lib/core/ids';
import { syncDir } from '@/lib/core/sync-dir';
import { quoteLiteral } from '@/lib/specs/sql';
import { withConnection } from './engine';
import type { QueryOptions, RowStream } from './rows';
import { withKeys } from './scan';
import type { Json } from './values';

/** A finished file appears under its name at once and complete, or not at all. */
export async function copyToParquet(
  connection: DuckDBConnection,
  select: { sql: string; params?: DuckDBValue[] },
  file: string,
  options: { keyName?: string; rowGroupSize?: number } = {},
): Promise<{ rowCount: number; sizeBytes: number }> {
  const draft = path.join(
    /* turbopackIgnore: true */ path.dirname(file),
    `.${path.basename(file)}.${newId()}`,
  );
  const settings = [
    'FORMAT parquet',
    'COMPRESSION zstd',
    `ROW_GROUP_SIZE ${options.rowGroupSize ?? 122_880}`,
    'USE_TMP_FILE false',
    ...(options.keyName ? [`ENCRYPTION_CONFIG {footer_key: '${options.keyName}'}`] : []),
  ];
  try {
    const result = await connection.run(
      `COPY (${select.sql}\n) TO ${quoteLiteral(draft)} (${settings.join(', ')})`,
      select.params ?? [],
    );
    const rowCount = Number((await result.getRows())[0]?.[0] ?? 0);
    const handle = await open(draft, 'r');
    await handle.sync();
    await handle.close();
    await rename(draft, file);
    await syncDir(path.dirname(file));
    return { rowCount, sizeBytes: (await stat(file)).size };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Writes a statement's rows to one Parquet file (zstd), readable by anybody: exports are not encrypted. */
export async function exportParquet(
  sql: string,
  params: DuckDBValue[],
  file: string,
  { signal, files = [] }: QueryOptions = {},
): Promise<{ rowCount: number; sizeBytes: number }> {
  return withConnection(
    async (connection) => {
      await withKeys(connection, files);
      return copyToParquet(connection, { sql, params }, file);
    },
    { signal },
  );
}

/**
 * A result as CSV text (RFC 4180, CRLF), one piece per chunk. `isFormulaSafe` puts an apostrophe before text that a
 * spreadsheet would run as a formula (OWASP "CSV injection"); numbers stay as they are.
 */
export async function* csvOf(
  stream: RowStream,
  { isFormulaSafe = true }: { isFormulaSafe?: boolean } = {},
): AsyncGenerator<string> {
  const cell = (value: Json) => csvCell(value, isFormulaSafe);
  yield `${stream.columns.map(({ name }) => cell(name)).join(',')}\r\n`;
  for await (const rows of stream) {
    yield rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
  }
}

function csvCell(value: Json, isFormulaSafe: boolean): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  let text = typeof value === 'string' ? value : JSON.stringify(value);
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  if (isFormulaSafe && !isNumber && /^\s*[=+\-@]|^[\t\r\n]/.test(text)) text = `'${text}`;
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A result as NDJSON, one piece per chunk. */
export async function* ndjsonOf(stream: RowStream): AsyncGenerator<string> {
  const heads = stream.columns.map(({ name }) => `${JSON.stringify(name)}:`);
  for await (const rows of stream) {
    yield rows
      .map((row) => `{${heads.map((head, at) => head + JSON.stringify(row[at])).join(',')}}\n`)
      .join('');
  }
}
