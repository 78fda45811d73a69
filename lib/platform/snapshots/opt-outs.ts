import { db, isHearing, listen, newId, notify, now, seal, type Tx, unseal } from '@/lib/core';
import type { HeldTerms, SchemaField } from '@/lib/specs';
import type { LakeFile } from '../lake/scan';
import { type Narrowing, narrowedFor } from './narrow';
import { snapshotFiles } from './store';
import { subjectCondition } from './subject';

const SEAL = 'opt-out';

/** People whose rows no reader gets any more. */
export interface OptOuts {
  identifiers: readonly string[];
  /** Changes with the list; empty while there is nobody. */
  mark: string;
}
interface Cache {
  loaded?: Promise<OptOuts> | undefined;
  listening?: Promise<unknown>;
}
const store = globalThis as { __portolanOptOuts?: Cache };

async function load(): Promise<OptOuts> {
  const rows = await db().optOut.findMany({
    orderBy: { id: 'asc' },
    select: { id: true, sealedSubject: true },
  });
  const identifiers = await Promise.all(rows.map((row) => unseal(row.sealedSubject, SEAL)));
  const last = rows.at(-1);
  return { identifiers, mark: last ? `${rows.length}:${last.id}` : '' };
}

/** Everybody who opted out, from the process's cache; NOTIFY portolan_opt_out drops it. */
export async function optOuts(): Promise<OptOuts> {
  store.__portolanOptOuts ??= {};
  const held = store.__portolanOptOuts;
  held.listening ??= listen('portolan_opt_out', () => {
    held.loaded = undefined;
  });
  await held.listening;
  // A person could opt out unheard: the list is read anew and not kept.
  if (!isHearing()) return load();
  held.loaded ??= load();
  const loading = held.loaded;
  return loading.catch((error: unknown) => {
    if (held.loaded === loading) held.loaded = undefined;
    throw error;
  });
}

/** The identifier is sealed before the transaction begins. @returns what keeps the person's rows from every later read */
export async function sealOptOut(identifier: string, subjectDigest: string, requestId: string) {
  const sealedSubject = await seal(identifier.trim(), SEAL);
  return async (tx: Tx): Promise<void> => {
    const data = { id: newId(), subjectDigest, sealedSubject, requestId, createdAt: now() };
    await tx.optOut.createMany({ data, skipDuplicates: true });
    await notify(tx, 'portolan_opt_out', requestId);
  };
}

export interface ReadableSnapshot {
  files: LakeFile[];
  /** True for rows that nobody may be given. */
  without: string | null;
  /** What the reader's grant leaves of columns and rows. */
  narrowed: Narrowing | null;
}

/**
 * A snapshot as a reader gets it: without the rows of people who opted out, and by the terms of the reader's grant.
 * @throws AppError forbidden when the terms leave no column of it
 */
export async function readableSnapshot(
  snapshotId: string,
  terms: HeldTerms | null,
): Promise<ReadableSnapshot> {
  const [files, people, { schema }] = await Promise.all([
    snapshotFiles(snapshotId),
    optOuts(),
    db().snapshot.findUniqueOrThrow({ where: { id: snapshotId }, select: { schema: true } }),
  ]);
  const fields = schema as unknown as SchemaField[];
  return {
    files,
    without: subjectCondition(fields, people.identifiers),
    narrowed: await narrowedFor(fields, terms),
  };
}
