import path from 'node:path';
import { AppError, db, env, masterKey } from '@/lib/core';
import { type Narrowing, optOuts, subjectCondition } from '@/lib/platform';
import { type LakeFile, limited, openFiles, scanSql } from '@/lib/platform/lake';
import { quoteIdent, type SchemaField } from '@/lib/specs';
import { ROW_NUMBER, type RowsFrom } from './compile';

export interface OpenedSnapshot extends RowsFrom {
  id: string;
  files: LakeFile[];
  /** Set when the snapshot is one plain Parquet file, which can be sent as it is. */
  plainFile: string | null;
}

const MAX_OPENED = 500;
interface Held {
  files: LakeFile[];
  schema: SchemaField[];
  scans: string[];
}
const store = globalThis as { __portolanOpened?: Map<string, Promise<Held>> };

type Located = { id: string; environment: string };
const keyOf = ({ id, environment }: Located) => `${environment}/${id}`;

/** A snapshot as it is read now: without the rows of people who opted out, by the terms of the reader's grant. */
export async function openSnapshot(
  snapshot: Located,
  narrowed?: Narrowing,
): Promise<OpenedSnapshot> {
  const [{ files, schema, scans }, people] = await Promise.all([held(snapshot), optOuts()]);
  const without = subjectCondition(schema, people.identifiers);
  const [only] = files;
  const row = `, ${quoteIdent(ROW_NUMBER)}`;
  const parts = scans.map(
    (scan) => `SELECT * FROM ${limited(`(${scan})`, { without, narrowed }, row)}`,
  );
  const isWhole = !without && !narrowed;
  return {
    id: snapshot.id,
    files,
    relation: `(${parts.join(' UNION ALL BY NAME ')})`,
    plainFile: files.length === 1 && only && !only.key && isWhole ? only.path : null,
    isDense: !without && !narrowed?.where,
  };
}

/** The same for a process of its own, which makes its relations itself: the files, and what of them may be read. */
export async function openLimited(
  snapshot: Located,
  narrowed: Narrowing | undefined,
): Promise<{ files: LakeFile[]; without: string | null; narrowed: Narrowing | null }> {
  const [{ files, schema }, people] = await Promise.all([held(snapshot), optOuts()]);
  const without = subjectCondition(schema, people.identifiers);
  return { files, without, narrowed: narrowed ?? null };
}

/** A snapshot's files, keys opened; they never change in one place, so that they are kept until they are removed. */
function held(snapshot: Located): Promise<Held> {
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

async function open(snapshotId: string): Promise<Held> {
  const stored = await db().snapshotFile.findMany({
    where: { snapshotId, snapshot: { status: 'ready' } },
    orderBy: { path: 'asc' },
    include: { snapshot: { select: { schema: true } } },
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
  const schema = (stored[0]?.snapshot.schema ?? []) as unknown as SchemaField[];
  return { files, schema, scans };
}
