import { db, precondition } from '@/lib/core';
import { deriveSnapshot, QUARANTINE, selecting, serveInstead } from './derive';
import { discardSnapshots } from './store';

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
 * files and the keys that open them. A side file of rows in quarantine is written anew likewise, and served by
 * nobody. Call it under the product's lock. May be repeated after a crash at any instant: readers see the old rows
 * or the new ones, never neither.
 * @throws AppError precondition when the snapshot is served no more
 */
export async function rewriteSnapshot(input: RewriteInput): Promise<Rewritten> {
  const { productId, environment, snapshotId, rewriteId, without, signal } = input;
  const old = await db().snapshot.findUnique({
    where: { id: snapshotId },
    include: { files: true },
  });
  if (old?.productId !== productId) throw precondition('This snapshot is gone.');
  const made = await deriveSnapshot({
    productId,
    environment,
    from: snapshotId,
    runId: rewriteId,
    // The rows are as old as they were.
    createdAt: old.createdAt,
    checkpoint: input.checkpoint,
    signal,
    write: selecting(
      (relation) => `SELECT * FROM ${relation} WHERE (${without}) IS NOT TRUE`,
      signal,
    ),
  });
  await input.checkpoint?.('written');
  if (environment !== QUARANTINE) await serveInstead(input, snapshotId, made.id);
  else {
    await db().qualityRemediation.updateMany({
      where: { productId, sideSnapshotId: snapshotId },
      data: { sideSnapshotId: made.id },
    });
  }
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
