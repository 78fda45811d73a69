import { copyFile, link, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { db, masterKey, precondition, type Tx, unavailable } from '@/lib/core';
import { syncDir } from '@/lib/core/sync-dir';
import type { DriverCtx } from '../drivers/define-driver';
import { lakePaths, removeSnapshotFiles, resolveLakeFile } from '../lake/files';
import { unwrapKey, wrapKey } from '../lake/keys';
import { lakeRoot } from '../snapshots/store';
import type { BuiltSnapshot } from './build-snapshot';

/** Where a file of a staged snapshot lies in production. */
const adoptedPath = (productId: string, snapshotId: string, file: string) =>
  path.posix.join(
    lakePaths(lakeRoot(), productId, 'production', snapshotId).relativeDir,
    path.posix.basename(file),
  );

const load = (id: string) =>
  db().snapshot.findUnique({ where: { id }, include: { files: { orderBy: { path: 'asc' } } } });

/**
 * Puts the tested files beside production's, without loading or copying a byte where the disk can link.
 * Nothing is served from there before `takeOver`. Safe to run twice.
 * @throws AppError precondition when the tested snapshot is gone
 */
export async function adoptSnapshot(ctx: DriverCtx, snapshotId: string): Promise<BuiltSnapshot> {
  const snapshot = await load(snapshotId);
  if (snapshot?.status !== 'ready') throw gone();
  const { dir } = lakePaths(lakeRoot(), ctx.product.id, 'production', snapshotId);
  await mkdir(dir, { recursive: true });
  await ctx.checkpoint('reserved');
  for (const file of snapshot.files) {
    const from = resolveLakeFile(lakeRoot(), file.path);
    const to = resolveLakeFile(lakeRoot(), adoptedPath(ctx.product.id, snapshotId, file.path));
    if (from !== to) await linkOrCopy(from, to);
  }
  await syncDir(dir);
  await ctx.checkpoint('written');
  await ctx.log(
    `Took over the tested snapshot with ${Number(snapshot.rowCount).toLocaleString('en')} rows; nothing is loaded again.`,
  );
  const rowCount = Number(snapshot.rowCount);
  return {
    snapshotId,
    number: snapshot.number,
    rowsRead: rowCount,
    rowCount,
    sizeBytes: Number(snapshot.sizeBytes),
    isEncrypted: ctx.facts.isEncrypted,
  };
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code === 'ENOENT') throw gone();
    // Some file systems know no links.
    await copyFile(from, to);
  }
}

const gone = () =>
  precondition('The tested snapshot was replaced meanwhile. Run the tests again, then promote.');

/** @throws AppError unavailable when a file is not there in full */
export async function verifyAdopted(ctx: DriverCtx, snapshotId: string): Promise<string> {
  const snapshot = await load(snapshotId);
  if (snapshot?.status !== 'ready') throw gone();
  for (const file of snapshot.files) {
    const at = resolveLakeFile(lakeRoot(), adoptedPath(ctx.product.id, snapshotId, file.path));
    const found = await stat(at).catch(() => null);
    if (BigInt(found?.size ?? -1) !== file.sizeBytes) {
      throw unavailable(
        'A file of the tested snapshot is not in production. It is put there again.',
      );
    }
  }
  return `Every file of the tested snapshot is in production (${snapshot.files.length}).`;
}

/** Takes back what `adoptSnapshot` did. */
export async function dropAdopted(productId: string, snapshotId: string): Promise<void> {
  await removeSnapshotFiles(lakePaths(lakeRoot(), productId, 'production', snapshotId).dir);
}

/**
 * From this commit on the snapshot is production's: its manifest names the files there, and its keys are
 * bound to those paths. @throws AppError precondition when it was replaced in staging meanwhile
 */
export async function takeOver(
  tx: Tx,
  snapshotId: string,
  to: { productId: string; releaseId: string },
): Promise<void> {
  const { productId, releaseId } = to;
  const production = { productId, environment: 'production' };
  const last = await tx.snapshot.aggregate({ where: production, _max: { number: true } });
  const { count } = await tx.snapshot.updateMany({
    where: { id: snapshotId, productId, environment: 'staging', status: 'ready' },
    data: { environment: 'production', number: (last._max.number ?? 0) + 1, releaseId },
  });
  if (count === 0) throw gone();
  // What was checked in staging are the same rows.
  await tx.qualityRun.updateMany({ where: { snapshotId }, data: { environment: 'production' } });
  const files = await tx.snapshotFile.findMany({ where: { snapshotId } });
  for (const file of files) {
    const adopted = adoptedPath(productId, snapshotId, file.path);
    const wrappedKey = file.wrappedKey && (await rewrap(file.wrappedKey, file.path, adopted));
    await tx.snapshotFile.update({
      where: { id: file.id },
      data: { path: adopted, ...(wrappedKey && { wrappedKey }) },
    });
  }
}

async function rewrap(wrapped: Uint8Array, from: string, to: string) {
  const master = await masterKey();
  return new Uint8Array(wrapKey(master, unwrapKey(master, wrapped, from), to));
}
