import type { DuckDBResult, DuckDBValue } from '@duckdb/node-api';
import { abortReason, leaseConnection } from './engine';
import { type LakeFile, withKeys } from './scan';
import { type Json, jsonConverter } from './values';

export interface QueryOptions {
  signal?: AbortSignal | undefined;
  /** Files that the statement scans, so that their keys are at hand. */
  files?: readonly LakeFile[];
}

export interface ResultColumn {
  name: string;
  /** As DuckDB prints it, for instance `DECIMAL(18,2)`. */
  type: string;
}

/** An open result: iterate over it once, or close it. */
export interface RowStream extends AsyncIterable<Json[][]> {
  columns: ResultColumn[];
  close(): void;
}

export const columnsOf = (result: DuckDBResult): ResultColumn[] =>
  result.columnNames().map((name, at) => ({
    name,
    type: result.columnType(at).alias ?? String(result.columnType(at)),
  }));

/**
 * Runs a statement and hands its rows out by chunks of about 2,000, never holding more than one. The connection goes
 * back when the iteration ends, breaks or throws.
 * @throws the signal's reason when aborted
 */
export async function streamRows(
  sql: string,
  params: DuckDBValue[] = [],
  { signal, files = [] }: QueryOptions = {},
): Promise<RowStream> {
  const lease = await leaseConnection(signal);
  try {
    await withKeys(lease.connection, files);
    const result = await lease.connection.stream(sql, params);
    return {
      columns: columnsOf(result),
      close: () => lease.release(),
      async *[Symbol.asyncIterator]() {
        try {
          yield* jsonChunks(result, signal);
        } catch (error) {
          throw abortReason(error, signal);
        } finally {
          lease.release();
        }
      },
    };
  } catch (error) {
    lease.release();
    throw abortReason(error, signal);
  }
}

export async function* jsonChunks(
  result: DuckDBResult,
  signal?: AbortSignal,
): AsyncGenerator<Json[][]> {
  const converters = result.columnTypes().map(jsonConverter);
  for (;;) {
    signal?.throwIfAborted();
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const rows: Json[][] = Array.from({ length: chunk.rowCount }, () => []);
    for (const [at, convert] of converters.entries()) {
      const values = chunk.getColumnValues(at);
      for (let row = 0; row < values.length; row += 1)
        rows[row]?.push(convert(values[row] ?? null));
    }
    yield rows;
  }
  signal?.throwIfAborted();
}

/** All rows of a small result as objects; use `streamRows` for results without a known bound. */
export async function queryRows(
  sql: string,
  params: DuckDBValue[] = [],
  options: QueryOptions = {},
): Promise<Record<string, Json>[]> {
  const stream = await streamRows(sql, params, options);
  const rows: Record<string, Json>[] = [];
  for await (const chunk of stream) {
    for (const row of chunk) {
      rows.push(Object.fromEntries(stream.columns.map(({ name }, at) => [name, row[at] ?? null])));
    }
  }
  return rows;
}

/** The columns that a statement would give, without running it. */
export async function describeColumns(
  sql: string,
  options: QueryOptions = {},
): Promise<ResultColumn[]> {
  const rows = await queryRows(`DESCRIBE ${sql}`, [], options);
  return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
}
