import { audit } from '@/lib/audit';
import { db, notify, systemCtx, transact } from '@/lib/core';
import { buildSnapshot, discardSnapshots, etlSpecSchema, withProductLock } from '@/lib/platform';
import type { Classification, DataProduct } from '@/lib/specs';
import { describeError, type Failure } from '../describe-error';
import { driverCtx } from '../driver-ctx';
import { handlingOf } from '../handling';
import type { Durable, RunDeps } from '../run-deps';
import { needsLoad, takeEffect } from './take-effect';
import { addressOf, loadVersion, tell } from './tell';

const RETRY_MS = [1000, 5000, 20_000] as const;

type Outcome = { ok: true } | { ok: false; failure: Failure };

/**
 * Puts a contract version in force: its rows are made beside those that are served, and one transaction switches.
 * What fails leaves the old contract as it was, and the proposal open with the reason.
 */
export async function activateRun(
  durable: Durable,
  deps: RunDeps,
  versionId: string,
): Promise<void> {
  let outcome = await durable.step('switch', () => loadAndSwitch(versionId, deps));
  for (const wait of RETRY_MS) {
    if (outcome.ok || !outcome.failure.isTransient) break;
    await durable.sleep(wait);
    outcome = await durable.step('switch', () => loadAndSwitch(versionId, deps));
  }
  if (outcome.ok) return;
  const { message } = outcome.failure;
  await durable.step('fail', () => fail(versionId, message));
}

/** Never throws; may run any number of times. */
async function loadAndSwitch(versionId: string, deps: RunDeps): Promise<Outcome> {
  try {
    const { productId } = await loadVersion(versionId);
    await withProductLock(productId, (signal) => underLock(versionId, signal, deps));
    return { ok: true };
  } catch (error) {
    return { ok: false, failure: describeError(error) };
  }
}

async function underLock(versionId: string, signal: AbortSignal, deps: RunDeps): Promise<void> {
  const next = await loadVersion(versionId);
  if (next.status !== 'activating') return;
  const { productId } = next;
  const old = await db().contractVersion.findFirst({ where: { productId, status: 'active' } });
  const snapshotId = old && !needsLoad(old, next) ? null : await build(next, signal, deps);
  await deps.checkpoint('version:built');
  await transact((tx) => takeEffect(tx, versionId, snapshotId));
  await deps.checkpoint('version:switched');
}

type Next = Awaited<ReturnType<typeof loadVersion>>;

async function build(next: Next, signal: AbortSignal, deps: RunDeps): Promise<string> {
  const part = { runId: runOf(next), environment: 'production', step: 'processing', signal };
  const ctx = await driverCtx(next.productId, part, deps);
  const descriptor = next.descriptor as unknown as DataProduct;
  const classification = (descriptor.spec.classification ??
    ctx.product.classification) as Classification;
  const handling = await handlingOf(ctx.product.domain, classification);
  const built = await buildSnapshot(
    {
      ...ctx,
      product: { ...ctx.product, classification, descriptor },
      facts: { ...ctx.facts, classification, ...handling },
      log: async () => {},
      checkpoint: (name) => deps.checkpoint(`version:${name}`),
    },
    etlSpecSchema.parse(next.etl),
  );
  return built.snapshotId;
}

const runOf = ({ id, attempt }: { id: string; attempt: number }) => `${id}:${attempt}`;

async function fail(versionId: string, error: string): Promise<void> {
  const next = await loadVersion(versionId);
  await withProductLock(next.productId, () =>
    discardSnapshots(next.productId, { runId: runOf(next), onlyUnserved: true }),
  );
  await transact(async (tx) => {
    const { count } = await tx.contractVersion.updateMany({
      where: { id: versionId, status: 'activating' },
      data: { status: 'proposed', error },
    });
    if (count === 0) return;
    await tell(tx, next, {
      kind: 'contract.failed',
      level: 'error',
      title: `Version ${next.version} of ${addressOf(next)} could not take effect (attempt ${next.attempt})`,
      body: error,
      to: { userIds: [...new Set([next.product.ownerId, next.authorId ?? ''])] },
    });
    audit(tx, systemCtx('worker'), {
      action: 'contract.activation_failed',
      target: { type: 'contract_version', id: versionId },
      productId: next.productId,
      domainId: next.product.domainId,
      detail: { version: next.version, error },
    });
    await notify(tx, 'portolan_product', next.productId);
  });
}
