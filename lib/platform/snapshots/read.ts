import { withConnection } from '../lake/engine';
import { scanSql, withKeys } from '../lake/scan';
import { snapshotFiles } from './store';

type Row = Record<string, unknown>;

/**
 * Runs one trusted statement over a snapshot and returns its rows as plain objects (big numbers as
 * bigint, dates as DuckDB's values). For small answers: aggregates, probes.
 */
export async function readSnapshot(
  snapshotId: string,
  statement: (relation: string) => string,
  options: { signal?: AbortSignal } = {},
): Promise<Row[]> {
  const files = await snapshotFiles(snapshotId);
  return withConnection(async (connection) => {
    await withKeys(connection, files);
    const result = await connection.runAndReadAll(statement(scanSql(files)));
    return result.getRowObjects() as Row[];
  }, options);
}
