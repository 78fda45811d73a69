import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '@/lib/core/errors';
import { copyToParquet, csvOf } from '@/lib/platform/lake/export';
import { columnsOf, jsonChunks, type RowStream } from '@/lib/platform/lake/rows';
import type { SandboxLimits } from '../protocol';
import type { FileFormat } from './protocol';

const RESULT_VIEW = '__portolan_result';

/** The whole result as a file, or nothing: a file that was cut would not say so. @throws AppError too_large */
export async function writeResult(
  connection: DuckDBConnection,
  sql: string,
  { maxRows }: SandboxLimits,
  file: { path: string; format: FileFormat; maxBytes: number },
): Promise<{ rowCount: number }> {
  // Bound first as it was written, so that an error names the right place.
  (await connection.prepare(sql)).destroySync();
  await connection.run(`CREATE TEMP VIEW ${RESULT_VIEW} AS\n${sql}`);
  const select = `FROM ${RESULT_VIEW} LIMIT ${maxRows + 1}`;
  let rowCount = 0;
  if (file.format === 'parquet') {
    ({ rowCount } = await copyToParquet(connection, { sql: select }, file.path));
  } else {
    const rows = await openResult(connection, select, (count) => {
      rowCount += count;
    });
    const text = file.format === 'csv' ? csvOf(rows) : jsonArrayOf(rows);
    await pipeline(Readable.from(text), boundedTo(file.maxBytes), createWriteStream(file.path));
  }
  if (rowCount > maxRows) {
    throw new AppError(
      'too_large',
      `The result has more than ${maxRows.toLocaleString('en')} rows. Add a LIMIT or a filter, or aggregate.`,
    );
  }
  if ((await stat(file.path)).size > file.maxBytes) throw tooHeavy(file.maxBytes);
  return { rowCount };
}

async function openResult(
  connection: DuckDBConnection,
  sql: string,
  count: (rows: number) => void,
): Promise<RowStream> {
  const result = await connection.stream(sql);
  return {
    columns: columnsOf(result),
    close: () => undefined,
    async *[Symbol.asyncIterator]() {
      for await (const chunk of jsonChunks(result)) {
        count(chunk.length);
        yield chunk;
      }
    },
  };
}

async function* jsonArrayOf(rows: RowStream): AsyncGenerator<string> {
  const heads = rows.columns.map(({ name }) => `${JSON.stringify(name)}:`);
  let before = '[';
  for await (const chunk of rows) {
    const lines = chunk.map(
      (row) => `{${heads.map((head, at) => head + JSON.stringify(row[at])).join(',')}}`,
    );
    yield before + lines.join(',\n');
    before = ',\n';
  }
  yield before === '[' ? '[]\n' : ']\n';
}

function boundedTo(maxBytes: number): Transform {
  let size = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, next) {
      size += piece.byteLength;
      next(size > maxBytes ? tooHeavy(maxBytes) : null, piece);
    },
  });
}

const tooHeavy = (maxBytes: number) =>
  new AppError(
    'too_large',
    `The file would be larger than ${Math.round(maxBytes / 1_048_576)} MB. Select fewer columns or rows, or aggregate.`,
  );
