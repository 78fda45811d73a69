import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type LakeFile, registerKeys, scanWithout } from '@/lib/platform/lake/scan';
import { duckdbTypeOf } from '@/lib/specs/duckdb-types';
import type { SchemaField } from '@/lib/specs/field-types';
import { quoteIdent, quoteLiteral } from '@/lib/specs/sql';
import type { SandboxLimits, WireFile, WireInput } from './protocol';

export interface LockedOptions {
  inputs: readonly WireInput[];
  /** Errors of the statement as JSON, with their place. */
  hasPlaces?: boolean;
  limits: Pick<SandboxLimits, 'memoryMb' | 'threads'>;
  /** Where it may write: what it has no memory for, and a file that it makes. */
  output: { spillDir: string; file?: WireFile } | null;
  /** The statement is bound and never run: no row of an input is looked at. */
  isOnlyBound?: boolean;
}

/** A DuckDB that sees the inputs by their names, may touch their files alone, and cannot be opened again. */
export async function openLocked({
  inputs,
  limits,
  output,
  hasPlaces,
  isOnlyBound,
}: LockedOptions): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(limits.threads),
    memory_limit: `${limits.memoryMb}MB`,
    temp_directory: output?.spillDir ?? '',
    max_temp_directory_size: output ? '8GB' : '0KB',
    temp_file_encryption: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET force_mbedtls_unsafe = true; SET TimeZone = 'UTC'");
  const files = inputs.flatMap((input) => input.files.map(fileOf));
  const made = output?.file ? [fileOf(output.file)] : [];
  await registerKeys(connection, [...files, ...made], new Set());
  for (const input of inputs) {
    if (input.columns) {
      await connection.run(emptyTable(input.name, input.columns));
      continue;
    }
    const scan = scanWithout(input.files.map(fileOf), input);
    const name = input.name.split('.').map(quoteIdent);
    if (name.length > 1) await connection.run(`CREATE SCHEMA IF NOT EXISTS ${name[0]}`);
    // Over a view DuckDB may try the statement's own conditions on rows and values that the reader must not see, and an
    // error would tell them; of a table there is nothing more to find.
    const isPart = input.narrowed || input.without;
    const kind = isPart && !isOnlyBound ? 'TABLE' : 'VIEW';
    await connection.run(`CREATE ${kind} ${name.join('.')} AS SELECT * FROM ${scan}`);
  }
  const paths = files.map((file) => quoteLiteral(file.path).trim()).join(', ');
  await connection.run(`SET allowed_paths = [${paths}]`);
  if (output) {
    const dirs = [...made.map((file) => path.dirname(file.path)), output.spillDir];
    const list = dirs.map((dir) => quoteLiteral(dir).trim()).join(', ');
    await connection.run(`SET allowed_directories = [${list}]`);
  }
  if (hasPlaces) await connection.run('SET errors_as_json = true');
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
