import { AppError } from '@/lib/core';
import { compileKeys, compileRows, type PageStart } from './compile';
import { countRows } from './count';
import { readRow, readTexts } from './execute';
import { gates } from './gate';
import { type PageToken, printPageToken, readPageToken } from './page-token';
import type { Reading } from './reading';
import { type OpenedSnapshot, openSnapshot } from './relation';

const MAX_PAGE_CHARACTERS = 64 * 1024 * 1024;

/**
 * One page of JSON. The rows are JSON text made by DuckDB, joined and never parsed here.
 * Later pages stay on the snapshot of the first as long as it exists (`selectSnapshot`).
 */
export async function servePage(reading: Reading): Promise<Buffer> {
  const { product, query, signal, done } = reading;
  const token = query.page === null ? null : readPageToken(query.page, query);
  const shown = product.snapshot!;
  const snapshot = await openSnapshot(shown, product.narrowed);
  const total = await countRows(snapshot, query, signal);
  const leave = await gates().page.enter(signal);
  try {
    const start = token && (await pageStart(reading, snapshot, token));
    const statement = compileRows(query, snapshot, product.columns, start ?? undefined);
    const batches = await readTexts(snapshot, statement, signal, MAX_PAGE_CHARACTERS);
    const rows = batches.flatMap((batch) => batch.texts);
    const limit = query.limit ?? rows.length;
    const hasNext = rows.length > limit;
    const lastRow = hasNext ? batches.flatMap((batch) => batch.numbers)[limit - 1] : undefined;
    const nextPage =
      lastRow === undefined ? null : printPageToken({ snapshotId: shown.id, row: lastRow }, query);
    const tail = JSON.stringify({
      nextPage,
      ...(total !== undefined && { total }),
      columns: query.select.map(({ name, type }) => ({ name, type })),
      snapshot: { id: shown.id, number: shown.number, createdAt: shown.createdAt },
      product: { domain: product.domain, name: product.name, version: product.version },
    });
    if (hasNext) rows.length = limit;
    const body = Buffer.from(`{"rows":[${rows.join(',')}],${tail.slice(1)}`);
    done({ rowCount: rows.length, sizeBytes: body.byteLength });
    return body;
  } catch (error) {
    throw error instanceof RangeError ? tooLarge() : error;
  } finally {
    leave();
  }
}

function tooLarge(): AppError {
  return new AppError(
    'too_large',
    'This page is larger than 64 MB. Lower limit, select fewer columns, or ask for ndjson, csv or parquet, which stream.',
  );
}

async function pageStart(
  { query, signal }: Reading,
  snapshot: OpenedSnapshot,
  token: PageToken,
): Promise<PageStart> {
  if (query.order.length === 0) return { row: token.row, keys: [] };
  const keys = await readRow(
    snapshot,
    compileKeys(query.order, snapshot.relation, token.row),
    signal,
  );
  return { row: token.row, keys: keys ?? query.order.map(() => null) };
}
