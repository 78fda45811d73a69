import { compileCount } from './compile';
import { readRow } from './execute';
import { gates } from './gate';
import type { OpenedSnapshot } from './relation';
import type { RowsQuery } from './types';

/** How many rows match, over all pages; undefined when it was not asked for. */
export async function countRows(
  snapshot: OpenedSnapshot,
  query: RowsQuery,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (!query.hasCount) return undefined;
  const leave = await gates().scan.enter(signal);
  try {
    const row = await readRow(snapshot, compileCount(query, snapshot.relation), signal);
    return Number(row?.[0] ?? 0);
  } finally {
    leave();
  }
}
