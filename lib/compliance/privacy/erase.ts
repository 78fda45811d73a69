import { raiseAlert } from '@/lib/alerts';
import { db, isAppError, notify, now, systemCtx, transact } from '@/lib/core';
import { isHeld } from '@/lib/governance';
import { runPipelineNow } from '@/lib/pipelines';
import {
  discardSnapshots,
  type FileProof,
  rewriteSnapshot,
  subjectCondition,
} from '@/lib/platform';
import { withProductLock } from '@/lib/provisioning';
import type { SchemaField } from '@/lib/specs';
import type { Deed } from './kinds';
import { type PlannedSnapshot, planErasure } from './plan-erasure';

export interface ErasureDetail {
  planned?: PlannedSnapshot[];
  rowsErased?: number;
  destroyed?: FileProof[];
  written?: { path: string; sha256: string }[];
  pipelineRunId?: string;
  /** A load that began before this may have read the person's rows still. */
  since?: string;
  reason?: string;
}
interface Finding {
  id: string;
  requestId: string;
  productId: string;
  environment: string;
  status: string;
  detail: unknown;
}
const MAX_ROUNDS = 5;

/**
 * Takes the person's rows out of everything that is kept of one product: the served rows are written anew, older
 * snapshots that know the person are destroyed whole. The plan is kept first, so that a step that is repeated
 * after a crash still proves every file.
 */
export async function eraseIn(
  finding: Finding,
  identifier: string,
  checkpoint: (name: string) => Promise<void>,
): Promise<void> {
  const { productId, environment, requestId } = finding;
  await withProductLock(productId, async (signal) => {
    let detail = (finding.detail ?? {}) as ErasureDetail;
    // Under the lock: a hold that came after the search is met too.
    if (await isHeld(productId)) return void (await save(finding.id, { status: 'held', detail }));
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const fresh = await planErasure(productId, environment, identifier);
      const known = detail.planned ?? [];
      const planned = [
        ...known,
        ...fresh.filter((one) => known.every((other) => other.id !== one.id)),
      ];
      detail = { ...detail, planned };
      await save(finding.id, { detail });
      await checkpoint('planned');
      if (fresh.length === 0) break;
      for (const { id, isServed } of fresh) {
        if (!isServed) {
          await discardSnapshots(productId, { snapshotIds: [id], onlyUnserved: true });
          continue;
        }
        const snapshot = await db().snapshot.findUniqueOrThrow({ where: { id } });
        const without = subjectCondition(snapshot.schema as unknown as SchemaField[], [identifier]);
        if (!without) continue;
        await rewriteSnapshot({
          productId,
          environment,
          snapshotId: id,
          rewriteId: rewriteId(requestId, id),
          without,
          checkpoint,
          signal,
        });
      }
      await checkpoint('rewritten');
    }
    await save(finding.id, { status: 'done', detail: await proofOf(requestId, detail) });
  });
}

const rewriteId = (requestId: string, snapshotId: string) => `privacy:${requestId}:${snapshotId}`;

async function proofOf(requestId: string, detail: ErasureDetail): Promise<ErasureDetail> {
  const planned = detail.planned ?? [];
  const written = await db().snapshotFile.findMany({
    where: { snapshot: { runId: { in: planned.map((one) => rewriteId(requestId, one.id)) } } },
    select: { path: true, sha256: true },
  });
  const served = planned.filter((one) => one.isServed);
  return {
    ...detail,
    rowsErased: served.reduce((sum, one) => sum + one.rows, 0),
    destroyed: planned.flatMap((one) => one.files),
    written,
  };
}

async function save(id: string, data: { status?: string; detail: ErasureDetail }): Promise<void> {
  await db().privacyFinding.update({
    where: { id },
    data: { ...data, detail: data.detail as object },
  });
}

/** A product that is derived from such rows is loaded anew; one that cannot be is flagged to its owner. */
export async function rebuildDerived(finding: Finding): Promise<void> {
  const detail = (finding.detail ?? {}) as ErasureDetail;
  if (detail.pipelineRunId) return;
  if (await isHeld(finding.productId)) return save(finding.id, { status: 'held', detail });
  if (finding.environment === 'staging') return emptyStaging(finding);
  await load(finding, { ...detail, since: detail.since ?? now().toISOString() });
}

async function load(finding: Finding, detail: ErasureDetail): Promise<void> {
  try {
    const { pipelineRunId } = await runPipelineNow(systemCtx('privacy'), {
      productId: finding.productId,
      environment: finding.environment,
    });
    await save(finding.id, { detail: { ...detail, pipelineRunId } });
  } catch (error) {
    if (!isAppError(error)) throw error;
    await flag(finding, error.message);
  }
}

/** What waits in staging is no longer what was tested: it goes, and whoever makes the product stages it again. */
async function emptyStaging(finding: Finding): Promise<void> {
  const { productId, environment } = finding;
  await withProductLock(productId, async () => {
    await transact(async (tx) => {
      await tx.productEnvironment.updateMany({
        where: { productId, environment },
        data: { status: 'removed', snapshotId: null },
      });
      await notify(tx, 'portolan_product', productId);
    });
    const planned = await db().snapshot.findMany({
      where: { productId, environment, status: { not: 'removed' } },
      include: { files: true },
    });
    const destroyed = planned.flatMap((one) => one.files.map(proofOfFile));
    await save(finding.id, { status: 'done', detail: { destroyed } });
    await discardSnapshots(productId, { environment });
  });
}

const proofOfFile = (file: { path: string; sha256: string; wrappedKey: unknown }): FileProof => ({
  path: file.path,
  sha256: file.sha256,
  isKeyDestroyed: file.wrappedKey !== null,
});

/**
 * How the load of a derived product stands. After an erasure its older snapshots are destroyed once it has succeeded.
 * @param isLast nobody waits any longer: a load that has not ended is flagged
 */
export async function settleDerived(
  finding: Finding,
  does: Deed,
  isLast: boolean,
): Promise<'waiting' | 'settled'> {
  const detail = (finding.detail ?? {}) as ErasureDetail;
  if (!detail.pipelineRunId || finding.status !== 'found') return 'settled';
  const run = await db().pipelineRun.findUnique({ where: { id: detail.pipelineRunId } });
  if (run?.status === 'queued' || run?.status === 'running') {
    if (!isLast) return 'waiting';
    await flag(finding, 'The load has not ended yet. See that it does, and search again.');
    return 'settled';
  }
  if (run?.status !== 'succeeded') {
    await flag(finding, run?.error ?? 'The load did not succeed.');
    return 'settled';
  }
  if (detail.since && run.startedAt && run.startedAt < new Date(detail.since)) {
    // It was under way already when the rows went: only a load after that is without them.
    await load(finding, detail);
    return 'waiting';
  }
  if (does === 'erase') await destroyOlder(finding, detail, run.snapshotId);
  else await save(finding.id, { status: 'done', detail });
  return 'settled';
}

async function destroyOlder(
  { id, productId, environment }: Finding,
  detail: ErasureDetail,
  kept: string | null,
): Promise<void> {
  await withProductLock(productId, async () => {
    if (await isHeld(productId)) return save(id, { status: 'held', detail });
    const old = await db().snapshot.findMany({
      where: { productId, environment, status: 'ready', id: { not: kept ?? '' } },
      include: { files: true },
    });
    await save(id, {
      status: 'done',
      detail: {
        ...detail,
        destroyed: old.flatMap((one) => one.files.map(proofOfFile)),
      },
    });
    await discardSnapshots(productId, { environment, onlyUnserved: true });
  });
}

async function flag(finding: Finding, reason: string): Promise<void> {
  const { productId, requestId, id } = finding;
  await transact(async (tx) => {
    await tx.privacyFinding.update({
      where: { id },
      data: { status: 'flagged', detail: { reason } },
    });
    const product = await tx.product.findUnique({
      where: { id: productId },
      select: { title: true, ownerId: true, domainId: true, name: true },
    });
    if (!product) return;
    await raiseAlert(tx, {
      kind: 'privacy.flagged',
      level: 'error',
      title: `${product.title} derives from rows that were erased and could not be loaded anew`,
      body: reason,
      href: `/governance/privacy/${requestId}`,
      to: { userIds: [product.ownerId], stewards: true },
      productId,
      domainId: product.domainId,
      dedupeKey: `privacy.flagged:${id}`,
    });
    await notify(tx, 'portolan_run', requestId);
  });
}
