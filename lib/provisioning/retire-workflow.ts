import { rm } from 'node:fs/promises';
import { endAccess } from '@/lib/access';
import { audit } from '@/lib/audit';
import { db, enqueueCheck, notify, now, systemCtx, transact } from '@/lib/core';
import { discardSnapshots, removeLakePath, withProductLock } from '@/lib/platform';
import { moveProduct } from '@/lib/products/move-product';
import { uploadDir } from '@/lib/products/upload-view';
import { logLine } from './journal';
import { beginRun, undoAll } from './provision-workflow';
import type { Durable, RunDeps } from './run-deps';

/** Tears a product down in reverse of how it was made. Goes forward only; what resists is retried. */
export async function retireRun(durable: Durable, deps: RunDeps, runId: string): Promise<void> {
  const begun = await durable.step('begin', () => beginRun(runId));
  if (begun === null) return;
  const { production, staging } = begun.ordinals;
  const leftover = await undoAll(durable, deps, runId, [...production, ...staging]);
  if (!leftover) await durable.step('versions', () => removeVersions(runId));
  if (!leftover) await durable.step('sources', () => removeSources(runId));
  await durable.step('close', () => closeRetired(runId, leftover));
}

/** The older versions that were still served, with their files and keys. */
async function removeVersions(runId: string): Promise<void> {
  const { productId } = await db().provisioningRun.findUniqueOrThrow({ where: { id: runId } });
  await withProductLock(productId, async () => {
    await discardSnapshots(productId, {});
    await removeLakePath(productId);
  });
  await transact(async (tx) => {
    await tx.contractVersion.updateMany({
      where: { productId, status: { in: ['active', 'deprecated'] } },
      data: { status: 'retired', environment: null, retiredAt: now(), nextRunAt: null },
    });
    await tx.contractVersion.updateMany({
      where: { productId, status: { in: ['proposed', 'activating'] } },
      data: { status: 'withdrawn' },
    });
  });
}

/** The uploaded files that the product was made from, and its draft. */
async function removeSources(runId: string): Promise<void> {
  const run = await db().provisioningRun.findUniqueOrThrow({ where: { id: runId } });
  const draft = await db().productDraft.findUnique({ where: { productId: run.productId } });
  if (!draft) return;
  const uploads = await db().upload.findMany({
    where: { OR: [{ draftId: draft.id }, { id: draft.uploadId ?? '' }] },
  });
  for (const { id } of uploads) await rm(uploadDir(id), { force: true, recursive: true });
  await transact(async (tx) => {
    await tx.upload.deleteMany({ where: { id: { in: uploads.map((upload) => upload.id) } } });
    await tx.productDraft.deleteMany({ where: { id: draft.id } });
  });
  if (uploads.length > 0) await logLine(runId, 'storage', 'Removed the uploaded source files.');
}

async function closeRetired(runId: string, leftover: string | null): Promise<void> {
  const ctx = systemCtx('worker');
  await transact(async (tx) => {
    const run = await tx.provisioningRun.findUniqueOrThrow({
      where: { id: runId },
      include: { product: { select: { domainId: true, title: true } } },
    });
    if (run.status !== 'running') return;
    const { productId } = run;
    const error = leftover ? `Not everything could be removed: ${leftover}` : null;
    await tx.provisioningRun.update({
      where: { id: runId },
      data: { status: leftover ? 'failed' : 'succeeded', error, finishedAt: now() },
    });
    let ended = { grants: 0, requests: 0 };
    if (!leftover) {
      await tx.resource.deleteMany({ where: { productId } });
      await tx.pipeline.deleteMany({ where: { productId } });
      await tx.productInput.deleteMany({ where: { productId } });
      ended = await endAccess(tx, ctx, { ...run.product, id: productId }, run.requestedBy);
      await moveProduct(tx, productId, 'retired', { retiredAt: now() });
    }
    audit(tx, ctx, {
      action: leftover ? 'product.retire.failed' : 'product.retired',
      target: { type: 'run', id: runId },
      productId,
      domainId: run.product.domainId,
      detail: leftover
        ? { error }
        : { grantsRevoked: ended.grants, requestsClosed: ended.requests },
    });
    await notify(tx, 'portolan_run', runId);
    await notify(tx, 'portolan_product', productId);
    await notify(tx, 'portolan_access', productId);
    await enqueueCheck(tx, productId);
  });
}
