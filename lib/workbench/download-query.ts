import { Readable } from 'node:stream';
import { z } from 'zod';
import { type Ctx, log } from '@/lib/core';
import { lakeRoot } from '@/lib/platform';
import { FILE_FORMATS, queryToFile } from '@/lib/platform/sandbox';
import { requireReader } from '@/lib/serving';
import { LIMITS, MAX_RUN_MS, queryGate, THREADS } from './limits';
import { QueryRun } from './query-run';
import { QueryText } from './query-text';
import { ended, inputOf } from './run-query';

export const DownloadQueryInput = z.object({ sql: QueryText, format: z.enum(FILE_FORMATS) });
export type DownloadQueryInput = z.input<typeof DownloadQueryInput>;

const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
} as const;

export interface QueryFile {
  headers: Record<string, string>;
  stream: Readable;
}

/**
 * The whole result as a file. Each product is decided anew, as a download (`context.port`).
 * @throws AppError as `runQuery`, and too_large where a file would have to be cut
 */
export async function downloadQuery(
  ctx: Ctx,
  raw: DownloadQueryInput,
  client: AbortSignal,
): Promise<QueryFile> {
  requireReader(ctx);
  const { sql, format } = DownloadQueryInput.parse(raw);
  const run = await QueryRun.begin(ctx, sql, format);
  const signal = AbortSignal.any([client, AbortSignal.timeout(MAX_RUN_MS)]);
  const { downloadTimeMs, downloadRows, downloadBytes, memoryMb } = LIMITS;
  return ended(run, client, async () => {
    const leave = await queryGate().enter(signal);
    const work = {
      ...{ sql, signal, lakeRoot: lakeRoot() },
      limits: { timeMs: downloadTimeMs, maxRows: downloadRows, memoryMb, threads: THREADS },
      resolve: async (tables: Parameters<QueryRun['open']>[0]) =>
        (await run.open(tables, 'download')).map(inputOf),
    };
    const file = await queryToFile(work, { format, maxBytes: downloadBytes }).finally(leave);
    const { sizeBytes, rowCount } = file;
    const stream = Readable.from(allowed(file.stream, run), { objectMode: false });
    let sent = 0;
    const over = () => {
      const isWhole = sent === sizeBytes;
      return run.end({
        ...{ status: isWhole ? 200 : 499, error: isWhole ? null : 'cancelled' },
        ...{ rowCount: isWhole ? rowCount : 0, sizeBytes: sent },
      });
    };
    stream.on('data', (piece: Buffer) => {
      sent += piece.byteLength;
    });
    stream.pause();
    stream.once('close', () => {
      file.stream.destroy();
      over().catch((error: unknown) =>
        log().error({ err: error }, 'a download could not be noted'),
      );
    });
    client.addEventListener('abort', () => stream.destroy(), { once: true });
    const headers = {
      'content-type': CONTENT_TYPES[format],
      'content-length': String(sizeBytes),
      'content-disposition': `attachment; filename="query.${format}"`,
      'cache-control': 'private, no-store',
      'x-portolan-query': run.id,
    };
    return { headers, stream };
  });
}

async function* allowed(file: Readable, run: QueryRun): AsyncGenerator<Buffer> {
  for await (const piece of file) {
    await run.mayGoOn();
    yield piece as Buffer;
  }
}
