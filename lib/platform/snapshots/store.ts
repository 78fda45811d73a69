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
 * says when it was removed. May be repeated after a crash at any instant; nobody can begin to serve what is
 * being removed.
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
  let removed = 0;
  for (const { id, environment } of found) {
    if (!(await claim(productId, id, which.onlyUnserved ?? false))) continue;
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
    removed += 1;
  }
  return removed;
}

/** Marks a snapshot as being removed, unless an environment serves it: whoever rolls back waits or is refused. */
async function claim(productId: string, id: string, onlyUnserved: boolean): Promise<boolean> {
  return transact(async (tx) => {
    const served = await tx.$queryRaw<{ snapshotId: string | null }[]>`
      select "snapshotId" from product_environment where "productId" = ${productId} for update`;
    if (onlyUnserved && served.some((row) => row.snapshotId === id)) return false;
    await tx.snapshot.updateMany({ where: { id }, data: { status: 'removing' } });
    return true;
  });
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
