import { Readable } from 'node:stream';
import { csvHeader } from './columns-sql';
import { compileRows } from './compile';
import { countRows } from './count';
import { streamTexts } from './execute';
import { gates } from './gate';
import type { Reading } from './reading';
import { openSnapshot } from './relation';

/** NDJSON and CSV: rows leave as DuckDB makes them, at the pace of whoever reads. */
export async function serveStream(reading: Reading): Promise<Readable> {
  const { product, query, headers, signal } = reading;
  const snapshot = await openSnapshot(product.snapshot!, product.narrowed);
  const total = await countRows(snapshot, query, signal);
  if (total !== undefined) headers['x-total-count'] = String(total);
  const leave = await gates().scan.enter(signal);
  const statement = compileRows(query, snapshot, product.columns);
  const batches = streamTexts(snapshot, statement, signal);
  try {
    // A statement that cannot run fails here, while the answer can still be a problem document.
    const first = await batches.next();
    return Readable.from(encode(reading, first, batches, leave), { objectMode: false });
  } catch (error) {
    leave();
    throw error;
  }
}

async function* encode(
  { query, signal, done, mayGoOn }: Reading,
  first: IteratorResult<string[]>,
  rest: AsyncGenerator<string[]>,
  leave: () => void,
): AsyncGenerator<Buffer> {
  const end = query.format === 'csv' ? '\r\n' : '\n';
  let rowCount = 0;
  let sizeBytes = 0;
  let isWhole = false;
  try {
    if (query.format === 'csv') {
      const header = Buffer.from(csvHeader(query.select, query.hasSafeCells) + end);
      sizeBytes += header.byteLength;
      yield header;
    }
    for (let batch = first; !batch.done; batch = await rest.next()) {
      await mayGoOn();
      const bytes = Buffer.from(batch.value.join(end) + end);
      rowCount += batch.value.length;
      sizeBytes += bytes.byteLength;
      yield bytes;
    }
    isWhole = true;
  } finally {
    leave();
    done({ rowCount, sizeBytes, status: isWhole ? 200 : signal.aborted ? 499 : 500 });
    await rest.return(undefined);
  }
}
