import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  invalid,
  precondition,
  requireCan,
  type Tx,
  transact,
} from '@/lib/core';
import { validateProduct } from '@/lib/governance';
import type { OwnContract } from '@/lib/platform';
import { blockingFields } from '@/lib/products/review-draft';
import type { DataProduct } from '@/lib/specs';
import { enqueueRun, requireIdle, stepsOfProduct } from '../begin-run';
import { gateOf } from './change-gate';
import { needsLoad } from './needs-load';
import { putWords } from './take-effect';
import { addressOf, loadVersion } from './tell';
import { VersionInput } from './withdraw-change';

type Next = Awaited<ReturnType<typeof loadVersion>>;

/**
 * Puts a proposed version in force by the way of every release: into staging, through the suites and the gates, then
 * the switch. Words alone change no row and no promise, so they are in force when this returns. A second call answers
 * the same.
 * @returns the run that does it; null for words alone, and when it is in force
 * @throws AppError not_found | forbidden | conflict | precondition while the gate is closed | invalid
 */
export async function activateVersion(
  ctx: Ctx,
  raw: VersionInput,
): Promise<{ versionId: string; runId: string | null }> {
  const { versionId } = VersionInput.parse(raw);
  const { productId, product } = await loadVersion(versionId);
  requireCan(ctx, 'product.edit', product);
  const steps = await stepsOfProduct(productId);
  return transact(async (tx) => {
    await tx.$queryRaw`select id from product where id = ${productId} for update`;
    const next = await loadVersion(versionId, tx);
    const last = await tx.provisioningRun.findFirst({
      where: { productId },
      orderBy: { createdAt: 'desc' },
    });
    if (next.status === 'activating') return { versionId, runId: last?.id ?? null };
    if (next.status === 'active') return { versionId, runId: null };
    await requireActivatable(tx, next);
    requireIdle(last);
    const isWords = await changesWordsOnly(tx, next);
    if (isWords) await requireAllowed(next);
    const attempt = next.attempt + 1;
    const { count } = await tx.contractVersion.updateMany({
      where: { id: versionId, status: 'proposed' },
      data: { status: 'activating', error: null, attempt },
    });
    if (count === 0) throw conflict('The proposal has just been withdrawn. Look at it again.');
    audit(tx, ctx, {
      action: 'contract.activate',
      target: { type: 'contract_version', id: versionId },
      productId,
      domainId: next.product.domainId,
      detail: { version: next.version, attempt, isOverridden: next.overriddenById !== null },
    });
    if (isWords) {
      await putWords(tx, versionId);
      return { versionId, runId: null };
    }
    await putCandidate(tx, next);
    const { runId } = await enqueueRun(tx, ctx, next.product, {
      ...{ kind: 'provision', steps, publishes: true },
    });
    return { versionId, runId };
  });
}

async function requireActivatable(tx: Tx, next: Next): Promise<void> {
  if (next.status !== 'proposed') {
    throw conflict(`Version ${next.version} is ${next.status} and cannot take effect.`);
  }
  if (next.product.status !== 'production') {
    throw precondition(
      `${addressOf(next)} is ${next.product.status}; only a product in production changes its contract.`,
    );
  }
  const closed = await gateOf(tx, next);
  if (closed) throw precondition(closed);
}

async function changesWordsOnly(tx: Tx, next: Next): Promise<boolean> {
  const { productId } = next;
  const held = await tx.contractVersion.findFirst({ where: { productId, status: 'active' } });
  return next.bump === 'patch' && held !== null && !needsLoad(held, next);
}

/** The policies may have changed since the proposal. */
async function requireAllowed({ descriptor, product }: Next): Promise<void> {
  const findings = await validateProduct({
    descriptor: descriptor as unknown as DataProduct,
    domain: product.domain.name,
    productId: product.id,
  });
  const blocking = blockingFields(findings);
  if (Object.keys(blocking).length > 0) {
    throw invalid('The policies in force do not allow this contract.', blocking);
  }
}

/** What staging is loaded by, and what the promotion puts in force. */
async function putCandidate(tx: Tx, next: Next): Promise<void> {
  const { id: contractVersionId, productId, version } = next;
  const candidate = {
    ...{ contractVersionId, version },
    descriptor: next.descriptor,
    etl: next.etl,
  } as unknown as OwnContract;
  const where = { productId, environment: 'staging' };
  await tx.productEnvironment.upsert({
    where: { productId_environment: where },
    create: { ...where, candidate: candidate as object },
    update: { candidate: candidate as object },
  });
}
