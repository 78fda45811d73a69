import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { isAppError } from '@/lib/core/errors';
import { copyToParquet } from '@/lib/platform/lake/export';
import { keyName } from '@/lib/platform/lake/keys';
import { columnsOf, jsonChunks } from '@/lib/platform/lake/rows';
import { type LakeFile, registerKeys, scanSql } from '@/lib/platform/lake/scan';
import { typedSelect } from '@/lib/platform/lake/snapshot';
import { quoteIdent, quoteLiteral } from '@/lib/specs/sql';
import { analyseSelect } from './analyse';
import type { SandboxAnswer, SandboxReply, SandboxRequest, WireFile } from './protocol';

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
    connection = await openLocked(request);
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
  const inputs = await analyseSelect(
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
  if (request.task.kind === 'describe') {
    const result = await connection.run(`FROM ${RESULT_VIEW} LIMIT 0`);
    return { ...empty, columns: columnsOf(result) };
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

/** A DuckDB that sees the inputs as views, may touch their files alone, and cannot be opened again. */
async function openLocked({ inputs, limits, task }: SandboxRequest): Promise<DuckDBConnection> {
  const output = task.kind === 'parquet' ? task : null;
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(limits.threads),
    memory_limit: `${limits.memoryMb}MB`,
    temp_directory: output?.spillDir ?? '',
    max_temp_directory_size: output ? '8GB' : '0KB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET force_mbedtls_unsafe = true; SET TimeZone = 'UTC'");
  const files = inputs.flatMap((input) => input.files.map(fileOf));
  await registerKeys(connection, output ? [...files, fileOf(output.file)] : files, new Set());
  for (const input of inputs) {
    const scan = scanSql(input.files.map(fileOf));
    await connection.run(`CREATE VIEW ${quoteIdent(input.name)} AS SELECT * FROM ${scan}`);
  }
  const paths = files.map((file) => quoteLiteral(file.path).trim()).join(', ');
  await connection.run(`SET allowed_paths = [${paths}]`);
  if (output) {
    const dirs = [path.dirname(output.file.path), output.spillDir];
    const list = dirs.map((dir) => quoteLiteral(dir).trim()).join(', ');
    await connection.run(`SET allowed_directories = [${list}]`);
  }
  await connection.run('SET enable_external_access = false; SET lock_configuration = true');
  return connection;
}

const fileOf = (file: WireFile): LakeFile => ({
  path: file.path,
  key: file.key ? Buffer.from(file.key, 'base64') : null,
});

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
