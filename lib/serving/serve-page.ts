import { AppError, db } from '@/lib/core';
import type { SchemaField } from '@/lib/specs';
import { compileKeys, compileRows, type PageStart } from './compile';
import { countRows } from './count';
import { readRow, readTexts } from './execute';
import { gates } from './gate';
import { type PageToken, printPageToken, readPageToken } from './page-token';
import type { Reading } from './reading';
import { type OpenedSnapshot, openSnapshot } from './relation';
import type { ServedProduct, ServedSnapshot } from './resolve';

const MAX_PAGE_CHARACTERS = 64 * 1024 * 1024;

/**
 * One page of JSON. The rows are JSON text made by DuckDB, joined and never parsed here.
 * Later pages stay on the snapshot of the first as long as it exists.
 */
export async function servePage(reading: Reading): Promise<Buffer> {
  const { product, query, headers, signal, done } = reading;
  const token = query.page === null ? null : readPageToken(query.page, query);
  const shown = await snapshotOfPage(product, token);
  headers['x-portolan-snapshot'] = shown.id;
  const snapshot = await openSnapshot(shown.id);
  const total = await countRows(snapshot, query, signal);
  const leave = await gates().page.enter(signal);
  try {
    const start = token && (await pageStart(reading, snapshot, token));
    const statement = compileRows(query, snapshot.relation, product.columns, start ?? undefined);
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

/** @throws AppError gone when the snapshot that the page belongs to was removed */
async function snapshotOfPage(
  product: ServedProduct,
  token: PageToken | null,
): Promise<ServedSnapshot> {
  const current = product.snapshot!;
  if (!token || token.snapshotId === current.id) return current;
  const older = await db().snapshot.findFirst({
    where: {
      id: token.snapshotId,
      productId: product.id,
      status: 'ready',
    },
  });
  if (!older || !holdsColumns(older.schema, product.columns)) {
    throw new AppError(
      'gone',
      `The snapshot that this page belongs to was replaced by snapshot ${current.number}. Begin again without page.`,
      { parameter: 'page' },
    );
  }
  return {
    id: older.id,
    number: older.number,
    createdAt: older.createdAt.toISOString(),
    rowCount: Number(older.rowCount),
    sizeBytes: Number(older.sizeBytes),
  };
}

/** A page stays on its snapshot only while the contract is the one that the snapshot was written by. */
function holdsColumns(schema: unknown, columns: ServedProduct['columns']): boolean {
  const held = new Map((schema as SchemaField[]).map((field) => [field.name, field.type]));
  return [...columns.values()].every((field) => held.get(field.name) === field.type);
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
