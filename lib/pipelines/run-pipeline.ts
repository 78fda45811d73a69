import { audit } from '@/lib/audit';
import { db, enqueueCheck, notify, now, systemCtx, transact } from '@/lib/core';
import { buildSnapshot, discardSnapshots } from '@/lib/platform';
import {
  type Durable,
  describeError,
  driverCtx,
  type Failure,
  type RunDeps,
  withProductLock,
} from '@/lib/provisioning';

const RETRY_MS = [1000, 5000, 20_000] as const;

type LoadOutcome = { ok: true } | { ok: false; failure: Failure };

/**
 * One load of a live product: a new snapshot beside the served one, swapped in when it is whole, then
 * checked. A load that fails leaves what was served untouched and nothing of its own behind.
 */
export async function runPipeline(durable: Durable, deps: RunDeps, id: string): Promise<void> {
  const isBegun = await durable.step('begin', () => begin(id));
  if (!isBegun) return;
  let outcome = await durable.step('load', () => load(id, deps));
  for (const wait of RETRY_MS) {
    if (outcome.ok || !outcome.failure.isTransient) break;
    await durable.sleep(wait);
    outcome = await durable.step('load', () => load(id, deps));
  }
  if (outcome.ok) await durable.step('check quality', () => checkQuality(id, deps));
  else {
    const { message } = outcome.failure;
    await durable.step('fail', () => fail(id, message));
  }
}

async function begin(id: string): Promise<boolean> {
  await db().pipelineRun.updateMany({
    where: { id, status: 'queued' },
    data: { status: 'running', startedAt: now() },
  });
  const run = await db().pipelineRun.findUnique({ where: { id } });
  return run?.status === 'running';
}

/** Never throws; may run any number of times. */
async function load(id: string, deps: RunDeps): Promise<LoadOutcome> {
  const run = await db().pipelineRun.findUniqueOrThrow({ where: { id } });
  if (run.status !== 'running') return { ok: true };
  const { productId, environment } = run;
  try {
    await withProductLock(productId, async (signal) => {
      const ctx = await driverCtx(
        productId,
        { runId: id, environment, step: 'processing', signal },
        { ...deps, checkpoint: (name) => deps.checkpoint(`pipeline:${name}`) },
      );
      const built = await buildSnapshot({ ...ctx, log: async () => {} });
      await deps.checkpoint('pipeline:built');
      await swap(id, built);
    });
    return { ok: true };
  } catch (error) {
    return { ok: false, failure: describeError(error) };
  }
}

interface Built {
  snapshotId: string;
  rowsRead: number;
  rowCount: number;
}

/** Readers get the new snapshot from their next request on; those under way finish on the old one. */
async function swap(id: string, built: Built): Promise<void> {
  await transact(async (tx) => {
    const run = await tx.pipelineRun.findUniqueOrThrow({ where: { id } });
    const { productId, environment } = run;
    const { releaseId } = await tx.snapshot.findUniqueOrThrow({
      where: { id: built.snapshotId },
      select: { releaseId: true },
    });
    // Loaded by a release that is still the served one.
    const { count } = await tx.productEnvironment.updateMany({
      where: { productId, environment, status: 'live', releaseId },
      data: { snapshotId: built.snapshotId },
    });
    // Retired meanwhile: the teardown removes this snapshot too. Promoted or rolled back: it is an old one.
    const isLive = count > 0;
    await tx.pipelineRun.update({
      where: { id },
      data: {
        status: isLive ? 'succeeded' : 'failed',
        error: isLive
          ? null
          : 'The product was retired, promoted or rolled back while it was loaded. Load it again.',
        snapshotId: isLive ? built.snapshotId : null,
        rowsRead: BigInt(built.rowsRead),
        rowsWritten: BigInt(built.rowCount),
        finishedAt: now(),
      },
    });
    audit(tx, systemCtx('worker'), {
      action: 'pipeline.loaded',
      target: { type: 'pipeline_run', id },
      productId,
      detail: { rows: built.rowCount, isLive },
    });
    await notify(tx, 'portolan_product', productId);
    await notify(tx, 'portolan_run', id);
  });
}

async function checkQuality(id: string, deps: RunDeps): Promise<void> {
  const run = await db().pipelineRun.findUniqueOrThrow({ where: { id } });
  if (run.snapshotId) await deps.services.checkQuality(run.productId, run.snapshotId);
  // The compliance of a product is that of its contract in force.
  if (run.environment !== 'production') return;
  await transact((tx) => enqueueCheck(tx, run.productId));
}

async function fail(id: string, error: string): Promise<void> {
  const run = await db().pipelineRun.findUniqueOrThrow({ where: { id } });
  await withProductLock(run.productId, () =>
    discardSnapshots(run.productId, { runId: id, onlyUnserved: true }),
  );
  await transact(async (tx) => {
    const { count } = await tx.pipelineRun.updateMany({
      where: { id, status: 'running' },
      data: { status: 'failed', error, finishedAt: now() },
    });
    if (count === 0) return;
    audit(tx, systemCtx('worker'), {
      action: 'pipeline.failed',
      target: { type: 'pipeline_run', id },
      productId: run.productId,
      detail: { error },
    });
    await notify(tx, 'portolan_run', id);
  });
}
