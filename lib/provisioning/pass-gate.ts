import { audit } from '@/lib/audit';
import { db, enqueueCheck, notify, systemCtx, transact } from '@/lib/core';
import { canTransition, type ProductStatus } from '@/lib/products/lifecycle';
import { moveProduct } from '@/lib/products/move-product';
import { gateFacts } from './gates/facts';
import { evaluateGate, obstacleOf } from './gates/gate';
import { GATES, type GateName } from './gates/registry';

export type Passage =
  | { end: 'passed' }
  | { end: 'cancelled' }
  /** The gate is closed; `obstacle` says why. */
  | { end: 'held'; obstacle: string };

/**
 * Computes a gate for a run's product and, when it is open, moves a product that was never live along. A
 * release of a live product passes the same gates without moving it.
 */
export async function passGate(runId: string, name: GateName): Promise<Passage> {
  const run = await db().provisioningRun.findUniqueOrThrow({ where: { id: runId } });
  if (run.cancelledAt) return { end: 'cancelled' };
  const gate = GATES[name];
  const facts = await gateFacts(run.productId);
  const obstacle = obstacleOf(await evaluateGate(gate, facts));
  if (!obstacle) {
    if (name !== 'production') await move(run.productId, gate.to);
    return { end: 'passed' };
  }
  // Tests that fail now take back what earlier ones had opened.
  if (name === 'staging' && facts.status === 'staging') await move(run.productId, gate.from);
  return { end: 'held', obstacle };
}

async function move(productId: string, to: ProductStatus): Promise<void> {
  await transact(async (tx) => {
    const { status } = await tx.product.findUniqueOrThrow({
      where: { id: productId },
      select: { status: true },
    });
    if (!canTransition(status, to)) return;
    await moveProduct(tx, productId, to);
    await notify(tx, 'portolan_product', productId);
  });
}

/** What was set up in staging can be read there from now on, by those who may. */
export async function openStaging(runId: string): Promise<void> {
  await transact(async (tx) => {
    const run = await tx.provisioningRun.findUniqueOrThrow({
      where: { id: runId },
      include: { product: { select: { domainId: true } } },
    });
    const { productId } = run;
    const { count } = await tx.productEnvironment.updateMany({
      where: { productId, environment: 'staging', status: 'provisioning' },
      data: { status: 'live' },
    });
    if (count === 0) return;
    audit(tx, systemCtx('worker'), {
      action: 'product.stage',
      target: { type: 'run', id: runId },
      productId,
      domainId: run.product.domainId,
      detail: { attempt: run.attempt },
    });
    await notify(tx, 'portolan_product', productId);
    await enqueueCheck(tx, productId);
  });
}

/**
 * The last gate: what is in staging now, and nothing else, may be brought to production by this run.
 * @returns `waits` when the run was asked to stop in staging
 */
export async function approveCandidate(runId: string): Promise<Passage | { end: 'waits' }> {
  const run = await db().provisioningRun.findUniqueOrThrow({ where: { id: runId } });
  if (!run.publishes && !run.cancelledAt) return { end: 'waits' };
  const tested = await passGate(runId, 'staging');
  if (tested.end !== 'passed') return tested;
  const passage = await passGate(runId, 'production');
  if (passage.end !== 'passed') return passage;
  const staged = await db().productEnvironment.findUnique({
    where: { productId_environment: { productId: run.productId, environment: 'staging' } },
    select: { snapshotId: true },
  });
  await db().provisioningRun.update({
    where: { id: runId },
    data: { candidateId: staged?.snapshotId ?? null },
  });
  return { end: 'passed' };
}
