import { audit } from '@/lib/audit';
import { db, enqueueCheck, newId, notify, now, systemCtx, type Tx, transact } from '@/lib/core';
import { type EtlSpec, type OwnContract, takeOver, withProductLock } from '@/lib/platform';
import { moveProduct } from '@/lib/products/move-product';
import { syncServed } from '@/lib/quality/incidents/sync-served';
import type { DataProduct } from '@/lib/specs';
import { describeError } from './describe-error';
import { undoCtx } from './driver-ctx';
import type { StepOutcome } from './perform-step';
import type { RunDeps } from './run-deps';
import { recordVersion } from './versions/record-version';
import { takeEffect } from './versions/take-effect';

/**
 * The switch from blue to green, one transaction: snapshot, contract, version and pipeline become the served
 * ones together, and the release before keeps the snapshot it served. Unless a cancel came first.
 */
export async function switchOver(runId: string): Promise<StepOutcome> {
  const { productId } = await db().provisioningRun.findUniqueOrThrow({
    where: { id: runId },
    select: { productId: true },
  });
  try {
    return await withProductLock(productId, () =>
      transact(async (tx) => {
        const { count } = await tx.provisioningRun.updateMany({
          where: { id: runId, status: 'running', cancelledAt: null },
          data: { status: 'succeeded' },
        });
        const run = await tx.provisioningRun.findUniqueOrThrow({ where: { id: runId } });
        if (count > 0) await release(tx, run);
        else if (run.status !== 'succeeded') return { ok: false, cause: 'cancelled' };
        return { ok: true };
      }),
    );
  } catch (error) {
    return { ok: false, cause: 'failed', failure: describeError(error) };
  }
}

interface Run {
  id: string;
  productId: string;
  candidateId: string | null;
  requestedBy: string | null;
}

async function release(tx: Tx, { id: runId, productId, candidateId, requestedBy }: Run) {
  const product = await tx.product.findUniqueOrThrow({ where: { id: productId } });
  const inProduction = { productId_environment: { productId, environment: 'production' } };
  const inStaging = { productId, environment: 'staging', snapshotId: candidateId };
  const staging = await tx.productEnvironment.findFirst({ where: inStaging });
  const own = (staging?.candidate ?? {}) as OwnContract;
  const pipeline = await tx.pipeline.findUniqueOrThrow({ where: { productId } });
  const made = {
    version: own.version ?? product.version,
    descriptor: (own.descriptor ?? product.descriptor) as object as DataProduct,
    etl: (own.etl ?? pipeline.spec) as object as EtlSpec,
  };
  const releaseId = newId();
  await takeOver(tx, candidateId ?? '', { productId, releaseId });
  const before = await tx.productEnvironment.findUniqueOrThrow({ where: inProduction });
  const { contractVersionId } = own;
  const contract = contractVersionId
    ? await takeEffect(tx, contractVersionId, candidateId ?? '')
    : { staysBeside: false };
  // What went on in an environment of its own is kept there.
  await keepBlue(tx, productId, contract.staysBeside ? NOTHING : before);
  const last = await tx.release.aggregate({ where: { productId }, _max: { number: true } });
  const number = (last._max.number ?? 0) + 1;
  await tx.release.create({
    data: {
      ...{ id: releaseId, productId, number, runId, promotedById: requestedBy },
      version: made.version,
      descriptor: made.descriptor as object,
      etl: made.etl as object,
      createdAt: now(),
    },
  });
  await serve(tx, productId, { snapshotId: candidateId ?? '', releaseId });
  await putInForce(tx, productId, made);
  // A new contract's rules are checked anew when they are in force.
  if (!contractVersionId) await syncServed(tx, productId, candidateId ?? '');
  await tx.productEnvironment.updateMany({
    where: inStaging,
    data: { status: 'removed', snapshotId: null },
  });
  if (product.status === 'staging') await moveProduct(tx, productId, 'production');
  await recordVersion(tx, productId);
  audit(tx, systemCtx('worker'), {
    action: 'product.promote',
    target: { type: 'run', id: runId },
    productId,
    domainId: product.domainId,
    detail: { release: number, version: made.version, snapshotId: candidateId },
  });
  await enqueueCheck(tx, productId);
}

const NOTHING = { releaseId: null, snapshotId: null };

/** The served release keeps its snapshot for a rollback; older ones give theirs up. */
export async function keepBlue(
  tx: Tx,
  productId: string,
  before: { releaseId: string | null; snapshotId: string | null },
): Promise<void> {
  await tx.release.updateMany({ where: { productId }, data: { lastSnapshotId: null } });
  if (!before.releaseId || !before.snapshotId) return;
  await tx.release.update({
    where: { id: before.releaseId },
    data: { lastSnapshotId: before.snapshotId },
  });
}

/** Points production at rows and their release: readers get them from their next request on. */
export async function serve(
  tx: Tx,
  productId: string,
  to: { snapshotId: string; releaseId: string | null },
): Promise<void> {
  await tx.productEnvironment.update({
    where: { productId_environment: { productId, environment: 'production' } },
    data: { status: 'live', snapshotId: to.snapshotId, releaseId: to.releaseId },
  });
  await notify(tx, 'portolan_product', productId);
}

/** Brings a release's contract, version and pipeline into force. */
export async function putInForce(
  tx: Tx,
  productId: string,
  { version, descriptor, etl }: { version: string; descriptor: DataProduct; etl: EtlSpec },
): Promise<void> {
  await tx.product.update({
    where: { id: productId },
    data: { version, descriptor: descriptor as object, rev: { increment: 1 } },
  });
  await tx.pipeline.update({ where: { productId }, data: { spec: etl as object } });
  await tx.contractVersion.updateMany({
    where: { productId, status: 'active', version },
    data: { descriptor: descriptor as object, etl: etl as object },
  });
}

/**
 * Ends the run. Staging is empty after a promotion: its directory and ports go; the next candidate sets it up
 * anew.
 */
export async function clearStaging(runId: string, deps: RunDeps): Promise<void> {
  const { productId } = await db().provisioningRun.findUniqueOrThrow({
    where: { id: runId },
    select: { productId: true },
  });
  const environment = 'staging';
  await deps.checkpoint('clear staging');
  await withProductLock(productId, async (signal) => {
    const held = await db().productEnvironment.findUnique({
      where: { productId_environment: { productId, environment } },
    });
    // Somebody has staged something new meanwhile.
    if (held && held.status !== 'removed') return;
    const resources = await db().resource.findMany({ where: { productId, environment } });
    const part = { runId, environment, step: 'staging', signal };
    const ctx = await undoCtx(productId, part, { ...deps, checkpoint: async () => {} });
    for (const capability of ['governance', 'serving', 'processing', 'storage']) {
      const found = resources.find((one) => one.capability === capability);
      if (found) await deps.driver(found.driver)?.undo({ ...ctx, log: async () => {} });
    }
    await db().resource.deleteMany({ where: { productId, environment } });
  });
  await transact(async (tx) => {
    await tx.provisioningRun.update({ where: { id: runId }, data: { finishedAt: now() } });
    await notify(tx, 'portolan_run', runId);
  });
}
