import { pipeline, type Readable, Transform } from 'node:stream';
import { compileRows } from './compile';
import { countRows } from './count';
import { gates } from './gate';
import { exportRows, plainFile } from './parquet-file';
import type { Reading } from './reading';
import { type OpenedSnapshot, openSnapshot } from './relation';

/** Parquet: the snapshot's own file when all of it is asked for, otherwise a fresh one. */
export async function serveFile(reading: Reading): Promise<Readable> {
  const { product, headers, query, signal, done } = reading;
  const snapshot = await openSnapshot(product.snapshot!, product.narrowed);
  const total = await countRows(snapshot, query, signal);
  if (total !== undefined) headers['x-total-count'] = String(total);
  const { stream: file, sizeBytes, rowCount } = await parquetOf(reading, snapshot);
  headers['content-length'] = String(sizeBytes);
  const stream = new Transform({
    transform(bytes, _encoding, next) {
      reading.mayGoOn().then(() => next(null, bytes), next);
    },
  });
  pipeline(file, stream, () => {});
  let sent = 0;
  stream.on('data', (bytes: Buffer) => {
    sent += bytes.byteLength;
  });
  stream.pause();
  stream.once('close', () => {
    const isWhole = sent === sizeBytes;
    done({ rowCount: isWhole ? rowCount : 0, sizeBytes: sent, status: isWhole ? 200 : 499 });
  });
  signal.addEventListener('abort', () => stream.destroy(), { once: true });
  return stream;
}

async function parquetOf({ product, query, signal }: Reading, snapshot: OpenedSnapshot) {
  const isWhole =
    query.filters.length === 0 &&
    query.order.length === 0 &&
    query.limit === null &&
    [...product.columns.values()].every((field, place) => query.select[place] === field);
  if (isWhole && snapshot.plainFile) {
    return plainFile(snapshot.plainFile, product.snapshot!.rowCount);
  }
  const leave = await gates().scan.enter(signal);
  try {
    const statement = compileRows(query, snapshot, product.columns);
    return await exportRows(snapshot, statement, signal);
  } finally {
    leave();
  }
}
