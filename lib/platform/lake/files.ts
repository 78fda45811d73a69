import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/core/errors';
import { syncDir } from '@/lib/core/sync-dir';

export interface LakePaths {
  root: string;
  /** Absolute directory of the snapshot. */
  dir: string;
  /** The same, relative to the root. */
  relativeDir: string;
}

/**
 * Where a snapshot lives: `<root>/<productId>/<environment>/<snapshotId>`. Without a snapshot (or environment) the
 * directory above it, which is what retirement removes.
 * @throws AppError invalid when a part could leave the root.
 */
export function lakePaths(
  root: string,
  productId: string,
  environment?: string,
  snapshotId?: string,
): LakePaths {
  const parts = [productId, environment, snapshotId].filter((part) => part !== undefined);
  for (const part of parts) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(part)) {
      throw new AppError('invalid', `"${part}" cannot name a directory of the lake.`);
    }
  }
  const relativeDir = path.posix.join(...parts);
  return { root: path.resolve(root), dir: path.resolve(root, relativeDir), relativeDir };
}

/** A lake file's absolute path; refuses anything outside the root. */
export function resolveLakeFile(root: string, relative: string): string {
  const base = path.resolve(root);
  const file = path.resolve(base, relative);
  if (!file.startsWith(base + path.sep)) {
    throw new AppError('invalid', 'A snapshot file lies outside the lake. Its record is damaged.');
  }
  return file;
}

/** Removes a snapshot's directory and everything in it. Safe to run twice. */
export async function removeSnapshotFiles(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
  await syncDir(path.dirname(dir));
}

export async function sha256OfFile(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

/** Bytes and files that lie under a directory; zeros when it does not exist. Spill files are not counted. */
export async function lakeUsage(dir: string): Promise<{ files: number; sizeBytes: number }> {
  const usage = { files: 0, sizeBytes: 0 };
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const full = path.join(dir, entry.name);
    if (entry.isDirectory() && entry.name !== '.tmp') {
      const inner = await lakeUsage(full);
      usage.files += inner.files;
      usage.sizeBytes += inner.sizeBytes;
    } else if (entry.isFile()) {
      const found = await stat(full).catch(() => null);
      usage.files += found ? 1 : 0;
      usage.sizeBytes += found?.size ?? 0;
    }
  }
  return usage;
}
