import { db, masterKey, newId, notify, precondition, transact } from '@/lib/core';
import type { SchemaField } from '@/lib/specs';
import { lakePaths } from '../lake/files';
import { scanSql } from '../lake/scan';
import { writeSnapshot } from '../lake/snapshot';
import { discardSnapshots, lakeRoot, snapshotFiles } from './store';

export interface RewriteInput {
  productId: string;
  environment: string;
  /** The snapshot that is served. */
  snapshotId: string;
  /** The same for every attempt, so that a repeated step goes on where a dead one stopped. */
  rewriteId: string;
  /** A condition over the columns, with literals in place: rows where it is true are left out. */
  without: string;
  checkpoint?: (name: string) => Promise<void>;
  signal?: AbortSignal;
}
export interface FileProof {
  path: string;
  sha256: string;
  /** The file was encrypted and its data key does not exist any more. */
  isKeyDestroyed: boolean;
}
export interface Rewritten {
  snapshotId: string;
  rowsBefore: number;
  rowsAfter: number;
  destroyed: FileProof[];
  written: { path: string; sha256: string }[];
}

/**
 * Writes the served rows anew without some of them, serves the new snapshot, then destroys the old one: its
 * files and the keys that open them. Call it under the product's lock. May be repeated after a crash at any
 * instant: readers see the old rows or the new ones, never neither.
 * @throws AppError precondition when the snapshot is served no more
 */
export async function rewriteSnapshot(input: RewriteInput): Promise<Rewritten> {
  const { productId, environment, snapshotId, rewriteId } = input;
  const old = await db().snapshot.findUnique({
    where: { id: snapshotId },
    include: { files: true },
  });
  if (old?.productId !== productId) throw precondition('This snapshot is gone.');
  const made =
    (await db().snapshot.findFirst({
      where: { productId, environment, runId: rewriteId, status: 'ready' },
      include: { files: true },
    })) ?? (await write(input, old));
  await input.checkpoint?.('written');
  await swap(input, made.id);
  await input.checkpoint?.('swapped');
  const proof = old.files.map(({ path, sha256, wrappedKey }) => ({
    path,
    sha256,
    isKeyDestroyed: wrappedKey !== null,
  }));
  await discardSnapshots(productId, { snapshotIds: [snapshotId], onlyUnserved: true });
  return {
    snapshotId: made.id,
    rowsBefore: Number(old.rowCount),
    rowsAfter: Number(made.rowCount),
    destroyed: proof,
    written: made.files.map(({ path, sha256 }) => ({ path, sha256 })),
  };
}

async function write(
  input: RewriteInput,
  old: {
    schema: unknown;
    version: string | null;
    releaseId: string | null;
    createdAt: Date;
    files: { wrappedKey: unknown }[];
  },
) {
  const { productId, environment, snapshotId, rewriteId, without, signal } = input;
  const files = await snapshotFiles(snapshotId);
  const where = { productId, environment };
  const begun = await db().snapshot.findFirst({
    where: { ...where, runId: rewriteId, status: 'building' },
  });
  const last = await db().snapshot.aggregate({ where, _max: { number: true } });
  const target =
    begun ??
    (await db().snapshot.create({
      data: {
        id: newId(),
        ...where,
        runId: rewriteId,
        number: (last._max.number ?? 0) + 1,
        schema: old.schema as object[],
        version: old.version,
        releaseId: old.releaseId,
        // The rows are as old as they were.
        createdAt: old.createdAt,
      },
    }));
  await input.checkpoint?.('reserved');
  const isEncrypted = old.files.some((file) => file.wrappedKey !== null);
  const written = await writeSnapshot({
    paths: lakePaths(lakeRoot(), productId, environment, target.id),
    schema: old.schema as SchemaField[],
    masterKey: isEncrypted ? await masterKey() : null,
    sql: `SELECT * FROM ${scanSql(files)} WHERE (${without}) IS NOT TRUE`,
    inputs: files,
    signal,
  });
  return transact(async (tx) => {
    await tx.snapshotFile.deleteMany({ where: { snapshotId: target.id } });
    await tx.snapshotFile.createMany({
      data: written.files.map((file) => ({
        id: newId(),
        snapshotId: target.id,
        path: file.path,
        sizeBytes: BigInt(file.sizeBytes),
        rowCount: BigInt(file.rowCount),
        sha256: file.sha256,
        wrappedKey: file.wrappedKey ? new Uint8Array(file.wrappedKey) : null,
      })),
    });
    return tx.snapshot.update({
      where: { id: target.id },
      data: {
        status: 'ready',
        rowCount: BigInt(written.rowCount),
        sizeBytes: BigInt(written.sizeBytes),
      },
      include: { files: true },
    });
  });
}

async function swap({ productId, environment, snapshotId }: RewriteInput, to: string) {
  await transact(async (tx) => {
    const { count } = await tx.productEnvironment.updateMany({
      where: { productId, environment, snapshotId: { in: [snapshotId, to] } },
      data: { snapshotId: to },
    });
    if (count === 0) throw precondition('Other rows are served meanwhile. Begin anew with those.');
    await notify(tx, 'portolan_product', productId);
  });
}
