import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { db, enqueueCheck, notify, now, signStatement, systemCtx, transact } from '@/lib/core';
import { discardSnapshots, QUARANTINE, rewriteSnapshot } from '@/lib/platform';
import { type Durable, withProductLock } from '@/lib/provisioning';
import { type DoomedSnapshot, planRetention, tooOld } from './plan';

export const RETENTION_RECORD = 'portolan-retention-record';
const MAX_ROUNDS = 5;

const load = (id: string) => db().retentionRun.findUniqueOrThrow({ where: { id } });
const rewriteId = (runId: string) => `retention:${runId}`;

/**
 * Deletes what is too old for real and proves it: the rows that are served are written anew without the old ones,
 * older snapshots that hold such rows are destroyed. Every step may be repeated.
 */
export async function enforceRetention(
  durable: Durable,
  checkpoint: (name: string) => Promise<void>,
  id: string,
): Promise<void> {
  const run = await load(id);
  if (run.status !== 'queued') return;
  try {
    await durable.step('delete', () => deleteOld(id, checkpoint));
    await durable.step('prove', () => prove(id));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    await durable.step('fail', () => fail(id, message));
  }
}

async function deleteOld(id: string, checkpoint: (name: string) => Promise<void>): Promise<void> {
  const { productId, environment } = await load(id);
  await withProductLock(productId, async (signal) => {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const plan = await planRetention(productId, environment);
      if (!plan) return;
      if (plan.isHeld) return void (await end(id, { status: 'held' }));
      const { policy, retention, mode, column, cutoff } = plan;
      const known = (await load(id)).removed as unknown as DoomedSnapshot[];
      const fresh = plan.doomed.filter((one) => known.every((other) => other.id !== one.id));
      const all = [...known, ...fresh];
      await db().retentionRun.update({
        where: { id },
        data: {
          removed: all as object[],
          rowsDeleted: all.filter((one) => one.isServed).reduce((sum, one) => sum + one.rows, 0),
          ...(round === 0 && known.length === 0 && { rowsBefore: plan.rowsServed }),
          // The record says by what it was deleted, and not what held when it was asked for.
          ...{ policy, retention, mode, column, cutoff },
        },
      });
      await checkpoint('planned');
      if (plan.doomed.length === 0) return;
      for (const one of plan.doomed) {
        if (!one.isServed && !one.isSideFile) {
          await discardSnapshots(productId, { snapshotIds: [one.id], onlyUnserved: true });
          continue;
        }
        await rewriteSnapshot({
          productId,
          environment: one.isSideFile ? QUARANTINE : environment,
          snapshotId: one.id,
          rewriteId: one.isSideFile ? `${rewriteId(id)}:${one.id}` : rewriteId(id),
          without: plan.column ? tooOld(plan.column, plan.cutoff) : 'true',
          checkpoint,
          signal,
        });
      }
      await checkpoint('deleted');
    }
  });
}

async function end(id: string, data: { status: string; receipt?: string; error?: string }) {
  const { count } = await db().retentionRun.updateMany({
    where: { id, status: 'queued' },
    data: { ...data, finishedAt: now() },
  });
  return count > 0;
}

/** The signed record: what was deleted, from when, by which policy, and the hash of every file that is gone. */
async function prove(id: string): Promise<void> {
  const run = await load(id);
  if (run.status !== 'queued') return;
  const product = await db().product.findUniqueOrThrow({
    where: { id: run.productId },
    include: { domain: { select: { name: true } } },
  });
  const address = `${product.domain.name}/${product.name}`;
  const removed = run.removed as unknown as DoomedSnapshot[];
  const written = await db().snapshotFile.findMany({
    where: { snapshot: { runId: { startsWith: rewriteId(id) } } },
    select: { path: true, sha256: true },
  });
  const receipt = await signStatement(RETENTION_RECORD, {
    run: id,
    product: address,
    environment: run.environment,
    policy: run.policy,
    retention: run.retention,
    mode: run.mode,
    column: run.column,
    cutoff: run.cutoff.toISOString(),
    enforcedAt: now().toISOString(),
    rowsBefore: Number(run.rowsBefore ?? 0),
    rowsDeleted: Number(run.rowsDeleted ?? 0),
    snapshots: removed.map(({ id: snapshot, isServed, rows }) => ({ snapshot, isServed, rows })),
    destroyed: removed.flatMap((one) => one.files),
    written,
  });
  if (!(await end(id, { status: 'succeeded', receipt }))) return;
  await tell(id, address, product.ownerId, 'retention.enforced');
}

async function fail(id: string, message: string): Promise<void> {
  const run = await load(id);
  if (!(await end(id, { status: 'failed', error: message.slice(0, 500) }))) return;
  const product = await db().product.findUniqueOrThrow({
    where: { id: run.productId },
    include: { domain: { select: { name: true } } },
  });
  await tell(id, `${product.domain.name}/${product.name}`, product.ownerId, 'retention.failed');
}

async function tell(
  id: string,
  address: string,
  ownerId: string,
  kind: 'retention.enforced' | 'retention.failed',
): Promise<void> {
  const run = await load(id);
  const rows = Number(run.rowsDeleted ?? 0);
  const isFailed = kind === 'retention.failed';
  await transact(async (tx) => {
    audit(tx, systemCtx('retention'), {
      action: isFailed ? 'retention.fail' : 'retention.enforce',
      target: { type: 'retention_run', id },
      productId: run.productId,
      detail: { policy: run.policy, cutoff: run.cutoff, rowsDeleted: rows },
    });
    await raiseAlert(tx, {
      kind,
      level: isFailed ? 'error' : 'info',
      title: isFailed
        ? `Retention of ${address} could not be enforced`
        : `${rows.toLocaleString('en')} rows of ${address} were deleted: kept for ${run.retention.replaceAll('_', ' ')}`,
      ...(run.error && { body: run.error }),
      href: `/governance/retention/${address}`,
      to: { userIds: [ownerId], stewards: isFailed },
      productId: run.productId,
      dedupeKey: `${kind}:${id}`,
    });
    await enqueueCheck(tx, run.productId);
    await notify(tx, 'portolan_run', id);
  });
}
