import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { isAppError } from '@/lib/core/errors';
import { copyToParquet } from '@/lib/platform/lake/export';
import { keyName } from '@/lib/platform/lake/keys';
import { columnsOf, jsonChunks } from '@/lib/platform/lake/rows';
import { typedSelect } from '@/lib/platform/lake/snapshot';
import { aggregatesOf, analyseSelect } from './analyse';
import { openLocked } from './locked';
import type { SandboxAnswer, SandboxReply, SandboxRequest } from './protocol';

/** A preview goes through one message: wide rows end it before memory does. */
const MAX_PREVIEW_CHARS = 32 * 1024 * 1024;
const RESULT_VIEW = '__portolan_result';

process.once('message', (request) => {
  void answer(request as SandboxRequest).then((reply) => {
    process.send?.(reply, () => process.exit(0));
  });
});
// The parent is gone: nobody waits for the answer.
process.once('disconnect', () => process.exit(0));

async function answer(request: SandboxRequest): Promise<SandboxReply> {
  let connection: DuckDBConnection;
  try {
    const { inputs, limits, task } = request;
    const output = 'spillDir' in task ? task : null;
    connection = await openLocked({ inputs, limits, output, isOnlyBound: output === null });
  } catch (error) {
    const reply = refusalOf(error, request);
    return { ...reply, code: reply.code === 'invalid' ? 'unavailable' : reply.code };
  }
  try {
    return { ok: true, answer: await perform(connection, request) };
  } catch (error) {
    return refusalOf(error, request);
  }
}

async function perform(
  connection: DuckDBConnection,
  request: SandboxRequest,
): Promise<SandboxAnswer> {
  const { inputs, tree } = await analyseSelect(
    connection,
    request.sql,
    request.inputs.map(({ name }) => name),
  );
  const empty = { inputs, columns: [], rows: [], isTruncated: false, rowCount: 0, sizeBytes: 0 };
  await connection.run(`CREATE TEMP VIEW ${RESULT_VIEW} AS\n${request.sql}`);
  if (request.task.kind === 'parquet') {
    const { file, schema, rowGroupSize } = request.task;
    const key = file.key ? Buffer.from(file.key, 'base64') : null;
    const sql = typedSelect(`SELECT * FROM ${RESULT_VIEW}`, schema ?? undefined);
    const written = await copyToParquet(connection, { sql }, file.path, {
      ...(key ? { keyName: keyName(key) } : {}),
      ...(rowGroupSize ? { rowGroupSize } : {}),
    });
    return { ...empty, ...written };
  }
  if (request.task.kind !== 'preview') {
    const columns = columnsOf(await connection.run(`FROM ${RESULT_VIEW} LIMIT 0`));
    if (request.task.kind === 'describe') return { ...empty, columns };
    return { ...empty, columns, parsed: { tree, aggregates: await aggregatesOf(connection) } };
  }
  return { ...empty, ...(await preview(connection, request)) };
}

async function preview(connection: DuckDBConnection, { sql, limits }: SandboxRequest) {
  const result = await connection.stream(sql);
  const columns = columnsOf(result);
  const rows: SandboxAnswer['rows'] = [];
  let chars = 0;
  for await (const chunk of jsonChunks(result)) {
    for (const row of chunk) {
      if (rows.length === limits.maxRows) {
        return { columns, rows, isTruncated: true, rowCount: rows.length };
      }
      chars += JSON.stringify(row).length;
      if (chars > MAX_PREVIEW_CHARS)
        throw new Error('The rows are too large to preview. Select fewer columns.');
      rows.push(row);
    }
  }
  return { columns, rows, isTruncated: false, rowCount: rows.length };
}

/** DuckDB's own words, without the places of files on this machine. */
function refusalOf(error: unknown, request: SandboxRequest): Extract<SandboxReply, { ok: false }> {
  if (isAppError(error)) {
    const line = typeof error.details.line === 'number' ? { line: error.details.line } : {};
    return { ok: false, code: error.code, message: error.message, ...line };
  }
  let message = error instanceof Error ? error.message : String(error);
  for (const input of request.inputs) {
    for (const file of input.files) message = message.replaceAll(file.path, `"${input.name}"`);
  }
  if (request.task.kind === 'parquet') {
    message = message.replaceAll(path.dirname(request.task.file.path), 'the output');
  }
  if (/Out of Memory Error|could not allocate|failed to (?:pin|offload)/i.test(message)) {
    message = `The query needs more than the ${request.limits.memoryMb} MB it may use. Aggregate or filter earlier, or select fewer columns.`;
  }
  message = message.replace(/^(?:Failed to extract statements: )/, '');
  const found = /\nLINE (\d+):/.exec(message);
  const isView = message.includes(RESULT_VIEW);
  const line = found && !isView ? { line: Number(found[1]) } : {};
  return { ok: false, code: 'invalid', message, ...line };
}
