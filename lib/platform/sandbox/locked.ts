import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type LakeFile, registerKeys, scanWithout } from '@/lib/platform/lake/scan';
import { duckdbTypeOf } from '@/lib/specs/duckdb-types';
import type { SchemaField } from '@/lib/specs/field-types';
import { quoteIdent, quoteLiteral } from '@/lib/specs/sql';
import type { SandboxRequest, WireFile } from './protocol';

/** A DuckDB that sees the inputs as views, may touch their files alone, and cannot be opened again. */
export async function openLocked({
  inputs,
  limits,
  task,
}: SandboxRequest): Promise<DuckDBConnection> {
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
    if (input.columns) {
      await connection.run(emptyTable(input.name, input.columns));
      continue;
    }
    const scan = scanWithout(input.files.map(fileOf), input);
    // Over a view DuckDB may try the statement's own conditions on rows and values that the reader must not see, and an
    // error would tell them; of a table there is nothing more to find.
    const kind = input.narrowed ? 'TABLE' : 'VIEW';
    await connection.run(`CREATE ${kind} ${quoteIdent(input.name)} AS SELECT * FROM ${scan}`);
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

const emptyTable = (name: string, columns: readonly SchemaField[]) =>
  `CREATE TABLE ${quoteIdent(name)} (${columns
    .map((column) => `${quoteIdent(column.name)} ${duckdbTypeOf(column)}`)
    .join(', ')})`;

const fileOf = (file: WireFile): LakeFile => ({
  path: file.path,
  key: file.key ? Buffer.from(file.key, 'base64') : null,
});
