import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { syncDir } from '@/lib/core/sync-dir';

export interface ReceiveOptions {
  dir: string;
  /** The bound on what arrives and on what it unpacks to. */
  maxBytes: number;
  /** As the browser sent it. */
  fileName: string;
  signal?: AbortSignal | undefined;
  /** The Content-Length of the file itself, when known: fewer bytes mean a broken upload. */
  expectedBytes?: number | undefined;
}

export interface ReceivedUpload {
  path: string;
  /** Of the unpacked file on disk. */
  sizeBytes: number;
  sha256: string;
  /** Safe to show and to keep; without .gz when the file was unpacked. */
  fileName: string;
}

/** Text rarely packs better than 1:100; a bomb packs 1:1000. */
const MAX_RATIO = 250;
const RATIO_GRACE_BYTES = 16 * 1024 * 1024;

/**
 * Streams an upload to disk, unpacking gzip on the way, in constant memory. A refused, aborted or truncated upload
 * leaves nothing behind.
 * @throws AppError too_large, invalid; the signal's reason when aborted
 */
export async function receiveUpload(
  source: Readable,
  options: ReceiveOptions,
): Promise<ReceivedUpload> {
  const { dir, maxBytes, signal } = options;
  await mkdir(dir, { recursive: true });
  const file = path.join(dir, newId());
  const draft = `${file}.part`;
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let isPacked = false;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      const counted = countArrived(source, options);
      const { stream, packed, arrived } = await unpacked(counted);
      isPacked = packed;
      for await (const piece of stream) {
        signal?.throwIfAborted();
        const chunk = piece as Buffer;
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) throw tooLarge(maxBytes, packed);
        if (packed && sizeBytes > RATIO_GRACE_BYTES && sizeBytes > arrived() * MAX_RATIO) {
          throw new AppError(
            'invalid',
            `The gzip file unpacks to more than ${MAX_RATIO} times its size, which is what a zip bomb does. Upload the unpacked file.`,
          );
        }
        hash.update(chunk);
        await handle.writeFile(chunk);
      }
      signal?.throwIfAborted();
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (sizeBytes === 0) throw new AppError('invalid', 'The file is empty. Upload one with data.');
    await rename(draft, file);
    await syncDir(dir);
  } catch (error) {
    source.destroy();
    await rm(draft, { force: true });
    throw signal?.aborted ? signal.reason : brokenUpload(error);
  }
  const fileName = safeFileName(options.fileName, isPacked);
  return { path: file, sizeBytes, sha256: hash.digest('hex'), fileName };
}

async function* countArrived(
  source: Readable,
  { maxBytes, expectedBytes, signal }: ReceiveOptions,
): AsyncGenerator<Buffer> {
  let arrived = 0;
  const onAbort = () => source.destroy();
  signal?.throwIfAborted();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const piece of source) {
      const chunk = Buffer.isBuffer(piece) ? piece : Buffer.from(piece as Uint8Array);
      arrived += chunk.length;
      if (arrived > maxBytes) throw tooLarge(maxBytes, false);
      yield chunk;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
  const isShort = expectedBytes !== undefined && arrived < expectedBytes;
  // Fastify's multipart parser marks a file that its own limit cut off.
  const isCut = 'truncated' in source && source.truncated === true;
  if (isCut) throw tooLarge(maxBytes, false);
  if (isShort || source.errored) {
    throw new AppError('invalid', 'The upload broke off before its end. Try again.');
  }
}

/** The stream itself, or what gunzip makes of it when it begins like gzip. */
async function unpacked(source: AsyncGenerator<Buffer>) {
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await source.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  let arrived = head.length;
  async function* all(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    for await (const chunk of source) {
      arrived += chunk.length;
      yield chunk;
    }
  }
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  if (!packed) return { stream: all(), packed, arrived: () => arrived };
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const feed = Readable.from(all());
  feed.once('error', (error) => gunzip.destroy(error));
  feed.pipe(gunzip);
  return { stream: gunzip, packed, arrived: () => arrived };
}

function tooLarge(maxBytes: number, packed: boolean): AppError {
  const size =
    maxBytes >= 1e9
      ? `${(maxBytes / 2 ** 30).toFixed(1)} GB`
      : `${(maxBytes / 2 ** 20).toFixed(1)} MB`;
  const what = packed ? 'The file unpacks to more than' : 'The file is larger than';
  return new AppError(
    'too_large',
    `${what} ${size}, the most that can be uploaded. Split it, or upload it as Parquet.`,
  );
}

function brokenUpload(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'Z_BUF_ERROR') {
    return new AppError(
      'invalid',
      'The gzip file ends too early. Pack it again, or upload it unpacked.',
    );
  }
  if (code.startsWith('Z_')) {
    return new AppError(
      'invalid',
      'The gzip file is damaged. Pack it again, or upload it unpacked.',
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError(
      'unavailable',
      'The disk is full, so the upload could not be kept. Tell the operator.',
    );
  }
  if (['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR', 'EPIPE'].includes(code)) {
    return new AppError('invalid', 'The upload broke off before its end. Try again.');
  }
  return error;
}

/** The last part of a path, without control characters and what file systems or shells find special. */
export function safeFileName(raw: string, isUnpacked = false): string {
  let name = (raw.normalize('NFC').toWellFormed().split(/[\\/]/).pop() ?? '')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[<>:"|?*`$;&]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (isUnpacked) name = name.replace(/\.gz(?:ip)?$/i, '');
  if (name.length > 120)
    name = `${name.slice(0, 100).toWellFormed()}${path.extname(name).slice(0, 12)}`;
  return name || 'upload';
}
