import { audit } from '@/lib/audit';
import { type Ctx, conflict, db, enqueue, notFound, notify, requireCan, type Tx } from '@/lib/core';
import { driverOfKind } from '@/lib/platform';
import { createRun } from './create-run';
import { planFacts } from './driver-ctx';
import { isRunOver } from './run-lifecycle';
import { type AcceptedStep, stepsOfRun } from './run-steps';

/** The drivers that a product was set up with, planned anew. */
export async function stepsOfProduct(productId: string): Promise<AcceptedStep[]> {
  const [resources, facts] = await Promise.all([
    db().resource.findMany({ where: { productId }, orderBy: { createdAt: 'desc' } }),
    planFacts(productId, 'staging'),
  ]);
  const order = ['storage', 'processing', 'serving', 'governance'] as const;
  return order.flatMap((capability) => {
    const found = resources.find((one) => one.capability === capability);
    const driver = found && driverOfKind(found.driver);
    if (!found || !driver) return [];
    const config = driver.config.parse(found.config);
    const { kind, title } = driver;
    return [{ capability, driver: kind, title, changes: driver.plan(facts, config), config }];
  });
}

/**
 * A product that somebody may operate and that no run works on, its row locked.
 * @throws AppError not_found | forbidden | conflict
 */
export async function lockProduct(tx: Tx, ctx: Ctx, productId: string) {
  await tx.$queryRaw`select id from product where id = ${productId} for update`;
  const product = await tx.product.findUnique({
    where: { id: productId },
    include: { domain: { select: { name: true } } },
  });
  if (!product) throw notFound('The product');
  requireCan(ctx, 'product.operate', product);
  const last = await tx.provisioningRun.findFirst({
    where: { productId },
    orderBy: { createdAt: 'desc' },
  });
  return { ...product, last };
}

/** @throws AppError conflict while another run works on the product */
export function requireIdle(last: { id: string; status: string; kind: string } | null): void {
  if (!last || isRunOver(last.status)) return;
  throw conflict('A run is working on this product. Wait until it has ended, or cancel it.', {
    runId: last.id,
  });
}

/** Writes and enqueues a run over what is there. */
export async function enqueueRun(
  tx: Tx,
  ctx: Ctx,
  product: { id: string; domainId: string },
  run: { kind: 'provision' | 'test' | 'promote'; steps: AcceptedStep[]; publishes: boolean },
): Promise<{ runId: string }> {
  const { kind, publishes } = run;
  const steps = stepsOfRun(kind, run.steps);
  const runId = await createRun(tx, ctx, { productId: product.id, kind, steps, publishes });
  await enqueue(tx, { workflow: 'provision', queue: 'provisioning', key: runId, args: [runId] });
  const action = { provision: 'stage', test: 'test', promote: 'promote' }[kind];
  audit(tx, ctx, {
    action: `product.${action}.ask`,
    target: { type: 'run', id: runId },
    productId: product.id,
    domainId: product.domainId,
  });
  await notify(tx, 'portolan_run', runId);
  return { runId };
}
