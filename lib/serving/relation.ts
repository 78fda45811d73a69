import path from 'node:path';
import { AppError, db, env, masterKey } from '@/lib/core';
import { type LakeFile, openFiles, scanSql } from '@/lib/platform/lake';
import { quoteIdent } from '@/lib/specs';
import { ROW_NUMBER } from './compile';

export interface OpenedSnapshot {
  id: string;
  files: LakeFile[];
  /** What stands after FROM: the snapshot's columns and the row number. */
  relation: string;
  /** Set when the snapshot is one plain Parquet file, which can be sent as it is. */
  plainFile: string | null;
}

const MAX_OPENED = 500;
const store = globalThis as { __portolanOpened?: Map<string, Promise<OpenedSnapshot>> };

type Located = { id: string; environment: string };
const keyOf = ({ id, environment }: Located) => `${environment}/${id}`;

/** A snapshot's files, keys opened; they never change in one place, so that they are kept until they are removed. */
export function openSnapshot(snapshot: Located): Promise<OpenedSnapshot> {
  store.__portolanOpened ??= new Map();
  const opened = store.__portolanOpened;
  const key = keyOf(snapshot);
  const known = opened.get(key);
  if (known) return known;
  if (opened.size >= MAX_OPENED) opened.clear();
  const opening = open(snapshot.id);
  opened.set(key, opening);
  opening.catch(() => opened.delete(key));
  return opening;
}

/** Forgets opened snapshots and their keys: one that is gone, or all. */
export function forgetSnapshots(snapshot?: Located): void {
  if (snapshot) store.__portolanOpened?.delete(keyOf(snapshot));
  else store.__portolanOpened = undefined;
}

async function open(snapshotId: string): Promise<OpenedSnapshot> {
  const stored = await db().snapshotFile.findMany({
    where: { snapshotId, snapshot: { status: 'ready' } },
    orderBy: { path: 'asc' },
  });
  if (stored.length === 0) {
    throw new AppError('gone', 'The rows of this snapshot are removed. Read the newest ones.');
  }
  const root = path.join(env().home, 'lake');
  const needsKey = stored.some((file) => file.wrappedKey);
  const files = openFiles(root, needsKey ? await masterKey() : null, stored);
  let before = 0n;
  const scans = files.map((file, index) => {
    const offset = before === 0n ? '' : ` + ${before}`;
    before += stored[index]!.rowCount;
    return `SELECT *, file_row_number${offset} AS ${quoteIdent(ROW_NUMBER)} FROM ${scanSql([file])}`;
  });
  const [only] = files;
  return {
    id: snapshotId,
    files,
    relation: `(${scans.join(' UNION ALL BY NAME ')})`,
    plainFile: files.length === 1 && only && !only.key ? only.path : null,
  };
}
