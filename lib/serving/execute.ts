import type { DuckDBResult } from '@duckdb/node-api';
import { abortReason, type Lease, leaseConnection, withKeys } from '@/lib/platform/lake';
import type { Statement } from './compile';
import type { OpenedSnapshot } from './relation';

/** Runs one statement over a snapshot and reads its result; the signal interrupts it. */
async function withResult<T>(
  snapshot: OpenedSnapshot,
  statement: Statement,
  signal: AbortSignal | undefined,
  read: (result: DuckDBResult) => Promise<T>,
): Promise<T> {
  const lease = await leaseConnection(signal);
  try {
    await withKeys(lease.connection, snapshot.files);
    return await read(await lease.connection.stream(statement.sql, statement.values));
  } catch (error) {
    throw abortReason(error, signal);
  } finally {
    lease.release();
  }
}

/** One DuckDB chunk: the first column's texts and, when there is a second, its row numbers. */
interface TextBatch {
  texts: string[];
  numbers: number[];
}

async function nextBatch(result: DuckDBResult): Promise<TextBatch | null> {
  const chunk = await result.fetchChunk();
  if (!chunk || chunk.rowCount === 0) return null;
  const texts = chunk.getColumnValues(0) as string[];
  const numbers = chunk.columnCount > 1 ? chunk.getColumnValues(1).map(Number) : [];
  return { texts, numbers };
}

/** All rows of a short result. `maxBytes` bounds what is held. @throws RangeError beyond it */
export function readTexts(
  snapshot: OpenedSnapshot,
  statement: Statement,
  signal: AbortSignal | undefined,
  maxBytes: number,
): Promise<TextBatch[]> {
  return withResult(snapshot, statement, signal, async (result) => {
    const batches: TextBatch[] = [];
    let length = 0;
    for (;;) {
      const batch = await nextBatch(result);
      if (!batch) return batches;
      for (const text of batch.texts) length += text.length;
      if (length > maxBytes) throw new RangeError('too large');
      batches.push(batch);
    }
  });
}

/** One row's values as text, null for NULL; undefined when there is no row. */
export function readRow(
  snapshot: OpenedSnapshot,
  statement: Statement,
  signal: AbortSignal | undefined,
): Promise<(string | null)[] | undefined> {
  return withResult(snapshot, statement, signal, async (result) => {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return undefined;
    return chunk.getRowValues(0).map((value) => (value === null ? null : String(value)));
  });
}

/** Rows as batches of text, as fast as they are taken; holds a connection until it is finished or left. */
export async function* streamTexts(
  snapshot: OpenedSnapshot,
  statement: Statement,
  signal: AbortSignal,
): AsyncGenerator<string[]> {
  let lease: Lease | undefined;
  try {
    lease = await leaseConnection(signal);
    await withKeys(lease.connection, snapshot.files);
    const result = await lease.connection.stream(statement.sql, statement.values);
    for (;;) {
      signal.throwIfAborted();
      const batch = await nextBatch(result);
      if (!batch) return;
      yield batch.texts;
    }
  } catch (error) {
    throw abortReason(error, signal);
  } finally {
    lease?.release();
  }
}
