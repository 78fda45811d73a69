import { db, env, newId, precondition } from '@/lib/core';
import { loadMasterKey } from '@/lib/core/master-key';
import { contractAt } from '../contract-environment';
import type { DriverCtx } from '../drivers/define-driver';
import { lakePaths } from '../lake/files';
import type { SnapshotTarget } from '../lake/snapshot';
import { recordSnapshot } from '../snapshots/record';
import { lakeRoot } from '../snapshots/store';
import { loadInto } from './source';
import { type EtlSpec, etlSpecSchema } from './spec';

export interface BuiltSnapshot {
  snapshotId: string;
  number: number;
  rowsRead: number;
  rowCount: number;
  sizeBytes: number;
  isEncrypted: boolean;
}

/**
 * Extract, transform, load: one new snapshot, whole or not at all. A run has at most one: built again
 * after a crash, it takes the place of what the dead worker had begun.
 * Call it under the product's lock.
 */
export async function buildSnapshot(ctx: DriverCtx): Promise<BuiltSnapshot> {
  const spec = await loadSpec(ctx.product.id, ctx.environment);
  const held = await reserve(ctx);
  if (held.status === 'ready') return builtOf(held, ctx.facts.isEncrypted);
  await ctx.checkpoint('reserved');
  await ctx.log(`Extracting from ${spec.extract.label}.`);
  const written = await loadInto(await targetOf(ctx, held.id), spec, ctx);
  await ctx.checkpoint('written');
  await recordSnapshot(held.id, written, ctx.product.descriptor.spec.schema);
  const { rowCount, sizeBytes } = written;
  const { isEncrypted } = ctx.facts;
  await ctx.log(
    `Loaded ${rowCount.toLocaleString('en')} rows as snapshot ${held.number}, ${kilobytes(sizeBytes)} of Parquet${isEncrypted ? ', encrypted' : ''}.`,
  );
  return builtOf(
    { ...held, rowCount: BigInt(rowCount), sizeBytes: BigInt(sizeBytes) },
    isEncrypted,
  );
}

const kilobytes = (bytes: number) =>
  `${Math.max(1, Math.round(bytes / 1000)).toLocaleString('en')} kB`;

/** How the product is loaded there: a candidate and an older version have their own way. */
export async function loadSpec(productId: string, environment: string): Promise<EtlSpec> {
  const [pipeline, own] = await Promise.all([
    db().pipeline.findUnique({ where: { productId } }),
    contractAt(productId, environment),
  ]);
  const parsed = etlSpecSchema.safeParse(own.etl ?? pipeline?.spec);
  if (parsed.success) return parsed.data;
  throw precondition('The product has no pipeline that a batch load can run.');
}

async function reserve({ product, environment, runId }: DriverCtx) {
  const where = { productId: product.id, environment };
  const held = await db().snapshot.findFirst({
    where: { ...where, runId, status: { not: 'removed' } },
  });
  if (held) return held;
  const last = await db().snapshot.aggregate({ where, _max: { number: true } });
  const served = await db().productEnvironment.findUnique({
    where: { productId_environment: where },
    select: { releaseId: true },
  });
  return db().snapshot.create({
    data: {
      id: newId(),
      ...where,
      runId,
      releaseId: served?.releaseId ?? null,
      number: (last._max.number ?? 0) + 1,
      version: product.descriptor.spec.version,
      schema: product.descriptor.spec.schema as object[],
    },
  });
}

type Held = Awaited<ReturnType<typeof reserve>>;

function builtOf(held: Held, isEncrypted: boolean): BuiltSnapshot {
  const rowCount = Number(held.rowCount);
  const sizeBytes = Number(held.sizeBytes);
  const { id: snapshotId, number } = held;
  return { snapshotId, number, rowsRead: rowCount, rowCount, sizeBytes, isEncrypted };
}

async function targetOf(ctx: DriverCtx, snapshotId: string): Promise<SnapshotTarget> {
  const { home, PORTOLAN_MASTER_KEY } = env();
  return {
    paths: lakePaths(lakeRoot(), ctx.product.id, ctx.environment, snapshotId),
    schema: ctx.product.descriptor.spec.schema,
    masterKey: ctx.facts.isEncrypted ? await loadMasterKey(home, PORTOLAN_MASTER_KEY) : null,
  };
}
