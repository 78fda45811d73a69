import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '@/lib/core/errors';
import { quoteLiteral } from '@/lib/specs/sql';
import { knownKeyNames } from './engine';
import { resolveLakeFile } from './files';
import { keyName, unwrapKey } from './keys';

/** One Parquet file that is ready to be read. */
export interface LakeFile {
  path: string;
  key: Buffer | null;
}

/** What the manifest holds of a file. */
export interface StoredFile {
  /** Relative to the lake's root. */
  path: string;
  wrappedKey: Uint8Array | null;
}

/**
 * Manifest rows made ready to read: absolute paths, opened keys.
 * @throws AppError precondition when a key was destroyed or cannot be opened.
 */
export function openFiles(
  root: string,
  masterKey: Buffer | null,
  stored: readonly StoredFile[],
): LakeFile[] {
  return stored.map((file) => {
    const absolute = resolveLakeFile(root, file.path);
    if (!file.wrappedKey) return { path: absolute, key: null };
    if (!masterKey) {
      throw new AppError('precondition', 'This snapshot is encrypted and no master key is loaded.');
    }
    return { path: absolute, key: unwrapKey(masterKey, file.wrappedKey, file.path) };
  });
}

/** What of a snapshot a reader gets: SQL over its columns. */
export interface ReadLimits {
  /** True for rows that nobody may be given. */
  without?: string | null | undefined;
  /** What one reader is given instead of the columns (after SELECT), and the rows it is true for. */
  narrowed?: { select: string; where: string | null } | null | undefined;
}

/** A relation over a snapshot's files less what may not be read of them, usable after FROM. */
export function scanWithout(files: readonly LakeFile[], limits: ReadLimits): string {
  return limited(scanSql(files), limits);
}

/** Rows are chosen below the masks: there a column's name means the column and never its mask. */
export function limited(relation: string, { without, narrowed }: ReadLimits, also = ''): string {
  const kept = [
    without && `(${without}) IS NOT TRUE`,
    narrowed?.where && `(${narrowed.where}) IS TRUE`,
  ].filter(Boolean);
  const rows =
    kept.length > 0 ? `(SELECT * FROM ${relation} WHERE ${kept.join(' AND ')})` : relation;
  return narrowed ? `(SELECT ${narrowed.select}${also} FROM ${rows})` : rows;
}

/** A relation over a snapshot's files, usable after FROM. Run it with the same files' keys registered. */
export function scanSql(files: readonly LakeFile[]): string {
  if (files.length === 0) {
    throw new AppError('precondition', 'This snapshot has no files, so there is nothing to read.');
  }
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const name = file.key ? keyName(file.key) : '';
    groups.set(name, [...(groups.get(name) ?? []), quoteLiteral(file.path).trim()]);
  }
  const scans = [...groups].map(([name, paths]) => {
    const config = name ? `, encryption_config = {footer_key: '${name}'}` : '';
    return `read_parquet([${paths.join(', ')}]${config})`;
  });
  if (scans.length === 1) return scans[0] ?? '';
  return `(${scans.map((scan) => `SELECT * FROM ${scan}`).join(' UNION ALL BY NAME ')})`;
}

/** Hands the files' data keys to DuckDB, which keeps them for the process's life. Keys never reach a log. */
export async function withKeys(
  connection: DuckDBConnection,
  files: readonly LakeFile[],
): Promise<void> {
  await registerKeys(connection, files, await knownKeyNames());
}

export async function registerKeys(
  connection: DuckDBConnection,
  files: readonly LakeFile[],
  known: Set<string>,
): Promise<void> {
  for (const { key } of files) {
    if (!key) continue;
    const name = keyName(key);
    if (known.has(name)) continue;
    try {
      await connection.run(`PRAGMA add_parquet_key('${name}', '${key.toString('base64')}')`);
    } catch {
      // DuckDB repeats the statement in its message, and with it the key.
      throw new AppError('precondition', 'A data key could not be handed to the query engine.');
    }
    known.add(name);
  }
}
