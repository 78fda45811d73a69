import path from 'node:path';
import { db, env, masterKey, now, type Prisma, precondition, transact } from '@/lib/core';
import { lakePaths, removeSnapshotFiles, resolveLakeFile } from '../lake/files';
import { type LakeFile, openFiles } from '../lake/scan';

export const lakeRoot = (): string => path.join(env().home, 'lake');

/** A snapshot's files, ready to be read. @throws AppError precondition when it is gone or incomplete */
export async function snapshotFiles(snapshotId: string): Promise<LakeFile[]> {
  const snapshot = await db().snapshot.findUnique({
    where: { id: snapshotId },
    select: { status: true, files: { orderBy: { path: 'asc' } } },
  });
  if (snapshot?.status !== 'ready') {
    throw precondition('This snapshot has been replaced or removed. Read the product again.');
  }
  const hasKeys = snapshot.files.some((file) => file.wrappedKey !== null);
  const master = hasKeys ? await masterKey() : null;
  return openFiles(lakeRoot(), master, snapshot.files);
}

interface Which {
  environment?: string;
  /** Those that this run wrote. */
  runId?: string;
  snapshotIds?: string[];
  /** Leave what an environment serves from. */
  onlyUnserved?: boolean;
}

/**
 * Destroys snapshots: files from the disk, then wrapped keys and file rows. What stays is a row that
 * says when it was removed. May be repeated after a crash at any instant.
 */
export async function discardSnapshots(productId: string, which: Which): Promise<number> {
  const where: Prisma.SnapshotWhereInput = {
    productId,
    status: { not: 'removed' },
    ...(which.environment && { environment: which.environment }),
    ...(which.runId && { runId: which.runId }),
    ...(which.snapshotIds && { id: { in: which.snapshotIds } }),
  };
  const found = await db().snapshot.findMany({ where, select: { id: true, environment: true } });
  const served = which.onlyUnserved
    ? await db().productEnvironment.findMany({ where: { productId }, select: { snapshotId: true } })
    : [];
  const isServed = new Set(served.map((row) => row.snapshotId));
  const doomed = found.filter((snapshot) => !isServed.has(snapshot.id));
  for (const { id, environment } of doomed) {
    for (const dir of await directoriesOf(productId, environment, id)) {
      await removeSnapshotFiles(dir);
    }
    await transact(async (tx) => {
      await tx.snapshotFile.deleteMany({ where: { snapshotId: id } });
      await tx.snapshot.updateMany({
        where: { id },
        data: { status: 'removed', removedAt: now() },
      });
    });
  }
  return doomed.length;
}

/** Where a snapshot was begun, and where its files lie: one that changed its environment stayed in its place. */
async function directoriesOf(productId: string, environment: string, id: string) {
  const files = await db().snapshotFile.findMany({
    where: { snapshotId: id },
    select: { path: true },
  });
  const held = files.map((file) => path.dirname(resolveLakeFile(lakeRoot(), file.path)));
  return new Set([lakePaths(lakeRoot(), productId, environment, id).dir, ...held]);
}

/** Removes a directory of the lake and everything in it. */
export async function removeLakePath(...parts: [string, string?, string?]): Promise<void> {
  await removeSnapshotFiles(lakePaths(lakeRoot(), ...parts).dir);
}
