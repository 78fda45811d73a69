import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/core/errors';
import { duckdbTypeOf } from '@/lib/specs/duckdb-types';
import type { SchemaField } from '@/lib/specs/field-types';
import { quoteIdent } from '@/lib/specs/sql';
import { withConnection } from './engine';
import { copyToParquet } from './export';
import { type LakePaths, sha256OfFile } from './files';
import { keyName, newDataKey, wrapKey } from './keys';
import { type LakeFile, withKeys } from './scan';

export interface SnapshotTarget {
  paths: LakePaths;
  /** The contract: columns are written in this order and with these types; without it, as the SELECT gives them. */
  schema?: readonly SchemaField[];
  /** Encrypts the file with a fresh data key wrapped by this; null writes it in the clear. */
  masterKey?: Buffer | null;
  rowGroupSize?: number;
}

export interface WriteSnapshotInput extends SnapshotTarget {
  /** A SELECT, without a semicolon. */
  sql: string;
  /** Files that the SELECT scans, so that their keys are at hand. */
  inputs?: readonly LakeFile[];
  signal?: AbortSignal | undefined;
}

export interface WrittenFile {
  /** Relative to the lake's root. */
  path: string;
  sizeBytes: number;
  rowCount: number;
  sha256: string;
  wrappedKey: Buffer | null;
}

export interface WrittenSnapshot {
  files: WrittenFile[];
  rowCount: number;
  sizeBytes: number;
}

/**
 * Writes a snapshot's Parquet file: under a temporary name, synced, then renamed. Running it again replaces it.
 * @throws AppError invalid when a value does not fit the schema; the directory is then gone again.
 */
export async function writeSnapshot(input: WriteSnapshotInput): Promise<WrittenSnapshot> {
  return storeSnapshot(input, input.signal, (file, key) =>
    withConnection(
      async (connection) => {
        await withKeys(connection, [...(input.inputs ?? []), { path: file, key }]);
        return copyToParquet(connection, { sql: typedSelect(input.sql, input.schema) }, file, {
          ...(key ? { keyName: keyName(key) } : {}),
          ...(input.rowGroupSize ? { rowGroupSize: input.rowGroupSize } : {}),
        });
      },
      { signal: input.signal },
    ),
  );
}

/** The snapshot's frame around whoever writes its file: directory, data key, digest, and tidying up. */
export async function storeSnapshot(
  { paths, masterKey }: SnapshotTarget,
  signal: AbortSignal | undefined,
  write: (file: string, key: Buffer | null) => Promise<{ rowCount: number; sizeBytes: number }>,
): Promise<WrittenSnapshot> {
  const relative = path.posix.join(paths.relativeDir, 'part-00000.parquet');
  const file = path.join(paths.dir, 'part-00000.parquet');
  const key = masterKey ? newDataKey() : null;
  try {
    await rm(paths.dir, { recursive: true, force: true });
    await mkdir(paths.dir, { recursive: true });
    const { rowCount, sizeBytes } = await write(file, key);
    const sha256 = await sha256OfFile(file, signal);
    const wrappedKey = key && masterKey ? wrapKey(masterKey, key, relative) : null;
    const stored = { path: relative, sizeBytes, rowCount, sha256, wrappedKey };
    return { files: [stored], rowCount, sizeBytes };
  } catch (error) {
    await rm(paths.dir, { recursive: true, force: true });
    throw misfit(error);
  }
}

export function typedSelect(sql: string, schema?: readonly SchemaField[]): string {
  if (!schema || schema.length === 0) return sql;
  const columns = schema.map((field) => {
    const name = quoteIdent(field.name);
    return `CAST(${name} AS ${duckdbTypeOf(field)}) AS ${name}`;
  });
  return `SELECT ${columns.join(', ')} FROM (${sql}\n)`;
}

export function misfit(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (/^(Conversion|Out of Range) Error/.test(error.message)) {
    return new AppError(
      'invalid',
      `A value does not fit the type of its column: ${firstLine(error.message)} Change the column's type or the data.`,
    );
  }
  if (/^Binder Error/.test(error.message)) {
    return new AppError(
      'invalid',
      `The data does not have the columns of the schema: ${firstLine(error.message)}`,
    );
  }
  return error;
}

const firstLine = (message: string) =>
  `${(message.replace(/^[\w ]+ Error:\s*/, '').split('\n')[0] ?? '').trim().replace(/\.?$/, '.')}`;
