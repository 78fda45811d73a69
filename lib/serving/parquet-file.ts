import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { env } from '@/lib/core';
import { exportParquet } from '@/lib/platform/lake';
import type { Statement } from './compile';
import type { OpenedSnapshot } from './relation';

interface ParquetFile {
  stream: Readable;
  sizeBytes: number;
  rowCount: number;
}

const store = globalThis as { __portolanExports?: Promise<string> };

/** Where exports lie while they are written; what dead processes left there is removed once. */
function exportDir(): Promise<string> {
  store.__portolanExports ??= (async () => {
    const dir = path.join(env().home, 'tmp', 'exports');
    await mkdir(dir, { recursive: true, mode: 0o700 });
    for (const name of await readdir(dir)) {
      if (!isAlive(Number(name.split('-')[0]))) await rm(path.join(dir, name), { force: true });
    }
    return dir;
  })();
  store.__portolanExports.catch(() => {
    store.__portolanExports = undefined;
  });
  return store.__portolanExports;
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * A statement's rows as one Parquet file (zstd), to be streamed. The file has no name any more when its
 * first byte is sent: whatever happens to the response, nothing stays on disk.
 */
export async function exportRows(
  snapshot: OpenedSnapshot,
  statement: Statement,
  signal: AbortSignal,
): Promise<ParquetFile> {
  const dir = await exportDir();
  const file = path.join(dir, `${process.pid}-${randomUUID()}.parquet`);
  try {
    const { sql, values } = statement;
    const written = await exportParquet(sql, values, file, { signal, files: snapshot.files });
    const handle = await open(file, 'r');
    return { ...written, stream: handle.createReadStream({ highWaterMark: 256 * 1024 }) };
  } finally {
    await rm(file, { force: true });
  }
}

/** A snapshot that is one plain file, asked for whole: sent as it lies in the lake. */
export async function plainFile(file: string, rowCount: number): Promise<ParquetFile> {
  const { size } = await stat(file);
  return {
    stream: createReadStream(file, { highWaterMark: 256 * 1024 }),
    sizeBytes: size,
    rowCount,
  };
}
