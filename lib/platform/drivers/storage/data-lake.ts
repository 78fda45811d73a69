import { mkdir, rmdir, stat, statfs } from 'node:fs/promises';
import { z } from 'zod';
import { db, env, transact, unavailable } from '@/lib/core';
import { loadMasterKey } from '@/lib/core/master-key';
import { syncDir } from '@/lib/core/sync-dir';
import { lakePaths, lakeUsage, removeSnapshotFiles } from '../../lake/files';
import { QUARANTINE } from '../../snapshots/derive';
import { discardSnapshots, lakeRoot } from '../../snapshots/store';
import { type DriverCtx, defineDriver, type Health } from '../define-driver';

/** Under this much free space nothing new is begun. */
const SPARE_BYTES = 64 * 1024 * 1024;

const config = z.looseObject({
  format: z.literal('parquet').default('parquet'),
  compression: z.literal('zstd').default('zstd'),
});

const dirOf = (ctx: Pick<DriverCtx, 'product' | 'environment'>) =>
  lakePaths(lakeRoot(), ctx.product.id, ctx.environment);

async function freeBytes(): Promise<number> {
  await mkdir(lakeRoot(), { recursive: true });
  const { bavail, bsize } = await statfs(lakeRoot());
  return bavail * bsize;
}

async function health(): Promise<Health> {
  try {
    if ((await freeBytes()) >= SPARE_BYTES) return { ok: true };
    return { ok: false, reason: 'The disk of the data lake is full.' };
  } catch {
    return { ok: false, reason: 'The data lake’s directory cannot be written.' };
  }
}

/** Immutable Parquet snapshots in a directory, with their manifest in Postgres. */
export const dataLake = defineDriver({
  kind: 'data-lake',
  capability: 'storage',
  title: 'Data lake: Parquet snapshots',
  provider: 'local-directory',
  provides: ['data_lake', 'data-lake'],
  config,
  health,

  plan: (facts) => [
    {
      action: 'create',
      what: `Lake directory for ${facts.domain}/${facts.name} (${facts.environment})`,
      detail: `Parquet, zstd${facts.isEncrypted ? ', encrypted with AES-256-GCM, one key a file' : ''}`,
    },
    ...(facts.retention
      ? [
          {
            action: 'attach' as const,
            what: `Retention ${facts.retention.replaceAll('_', ' ')}`,
            detail: `from the policy for ${facts.classification} data`,
          },
        ]
      : []),
  ],

  async apply(ctx) {
    if ((await freeBytes()) < SPARE_BYTES) {
      throw unavailable('The disk of the data lake is full. Free some space, then try again.');
    }
    const { dir, relativeDir } = dirOf(ctx);
    const { productId, environment } = { productId: ctx.product.id, environment: ctx.environment };
    await ctx.checkpoint('before directory');
    await mkdir(dir, { recursive: true });
    await syncDir(dir);
    await ctx.checkpoint('directory made');
    if (ctx.facts.isEncrypted) await loadMasterKey(env().home, env().PORTOLAN_MASTER_KEY);
    await transact(async (tx) => {
      await tx.productEnvironment.createMany({
        data: [{ productId, environment }],
        skipDuplicates: true,
      });
      // What is served stays served until something better is ready.
      await tx.productEnvironment.updateMany({
        where: { productId, environment, status: { not: 'live' } },
        data: { status: 'provisioning', snapshotId: null },
      });
    });
    await ctx.log(`Made the lake directory ${relativeDir}.`);
    return {
      path: relativeDir,
      isEncrypted: ctx.facts.isEncrypted,
      retention: ctx.facts.retention,
    };
  },

  async verify(ctx) {
    const { dir, relativeDir } = dirOf(ctx);
    const found = await stat(dir).catch(() => null);
    if (!found?.isDirectory()) throw unavailable(`The lake directory ${relativeDir} is not there.`);
    return `The lake directory is there and can be written${ctx.facts.isEncrypted ? '; the master key is at hand' : ''}.`;
  },

  async undo(ctx) {
    const { dir, relativeDir } = dirOf(ctx);
    const before = await lakeUsage(dir);
    await discardSnapshots(ctx.product.id, { environment: ctx.environment });
    if (ctx.environment === 'production') {
      await discardSnapshots(ctx.product.id, { environment: QUARANTINE });
    }
    await ctx.checkpoint('snapshots gone');
    await removeSnapshotFiles(dir);
    // The product's own directory goes with its last environment.
    await rmdir(lakePaths(lakeRoot(), ctx.product.id).dir).catch(() => undefined);
    await db().productEnvironment.deleteMany({
      where: { productId: ctx.product.id, environment: ctx.environment },
    });
    await ctx.log(
      `Removed the lake directory ${relativeDir}${before.files > 0 ? ` with ${before.files} files` : ''}.`,
    );
  },
});
