import { db, masterKey, newId, notify, precondition, transact } from '@/lib/core';
import type { SchemaField } from '@/lib/specs';
import { lakePaths } from '../lake/files';
import { type LakeFile, scanSql } from '../lake/scan';
import { type SnapshotTarget, type WrittenSnapshot, writeSnapshot } from '../lake/snapshot';
import { recordSnapshot } from './record';
import { lakeRoot, snapshotFiles } from './store';

/** Rows that were taken out of a product wait here; nothing is served from it. */
export const QUARANTINE = 'quarantine';

export interface DeriveInput {
  productId: string;
  environment: string;
  /** The snapshot whose rows it is made of. */
  from: string;
  /** The same for every attempt, so that a repeated step goes on where a dead one stopped. */
  runId: string;
  /** Rows that are as old as they were keep their day; others are of now. */
  createdAt?: Date;
  checkpoint?: ((name: string) => Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
  /** Writes the rows; by default what `select` gives of them. */
  write(target: SnapshotTarget, files: LakeFile[]): Promise<WrittenSnapshot>;
}

/** Writes what a trusted SELECT gives of the rows. */
export const selecting =
  (select: (relation: string) => string, signal?: AbortSignal): DeriveInput['write'] =>
  (target, files) =>
    writeSnapshot({ ...target, sql: select(scanSql(files)), inputs: files, signal });

/**
 * A new snapshot made of another one of the product, encrypted as that one is. Call it under the product's lock.
 * Whole or not at all; made once however often it is asked for.
 */
export async function deriveSnapshot(input: DeriveInput) {
  const { productId, environment, runId, from } = input;
  const where = { productId, environment, runId };
  const made = await db().snapshot.findFirst({
    where: { ...where, status: 'ready' },
    include: { files: true },
  });
  if (made) return made;
  const old = await db().snapshot.findUnique({ where: { id: from }, include: { files: true } });
  if (old?.productId !== productId) throw precondition('This snapshot is gone.');
  const files = await snapshotFiles(from);
  const target = await reserve(input, old);
  await input.checkpoint?.('reserved');
  const written = await input.write(
    {
      paths: lakePaths(lakeRoot(), productId, environment, target.id),
      schema: old.schema as unknown as SchemaField[],
      masterKey: old.files.some((file) => file.wrappedKey !== null) ? await masterKey() : null,
    },
    files,
  );
  return recordSnapshot(target.id, written);
}

async function reserve(
  input: DeriveInput,
  old: { schema: unknown; version: string | null; releaseId: string | null },
) {
  const { productId, environment, runId, createdAt } = input;
  const where = { productId, environment };
  const begun = await db().snapshot.findFirst({ where: { ...where, runId, status: 'building' } });
  if (begun) return begun;
  const last = await db().snapshot.aggregate({ where, _max: { number: true } });
  const number = (last._max.number ?? 0) + 1;
  return db().snapshot.create({
    data: {
      id: newId(),
      ...where,
      runId,
      number,
      schema: old.schema as object[],
      version: old.version,
      releaseId: old.releaseId,
      ...(createdAt && { createdAt }),
    },
  });
}

/**
 * Readers get the other snapshot from their next request on. Safe to run twice.
 * @throws AppError precondition when something else is served meanwhile
 */
export async function serveInstead(
  { productId, environment }: { productId: string; environment: string },
  from: string,
  to: string,
): Promise<void> {
  await transact(async (tx) => {
    const { count } = await tx.productEnvironment.updateMany({
      where: { productId, environment, snapshotId: { in: [from, to] } },
      data: { snapshotId: to },
    });
    if (count === 0) throw precondition('Other rows are served meanwhile. Begin anew with those.');
    await notify(tx, 'portolan_product', productId);
  });
}
