import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  db,
  enqueue,
  invalid,
  newId,
  notFound,
  notify,
  precondition,
  requireCan,
  type Tx,
  transact,
} from '@/lib/core';
import { isHeld } from '@/lib/governance';
import { CAPABILITIES } from '@/lib/platform';
import { assertTransition, canTransition } from '@/lib/products/lifecycle';
import { moveProduct } from '@/lib/products/move-product';
import { consumersOf } from './consumers';
import { livingReaders } from './living-readers';
import { retirementObstacle } from './retire-preview';
import { isRunOver } from './run-lifecycle';

export const RetireProductInput = z.object({
  productId: z.string().min(1).max(100),
  /** `domain/name`, typed by the person. */
  confirm: z.string().max(200),
  /** Retire although other products read it: their next loads will fail. */
  force: z.boolean().default(false),
});
export type RetireProductInput = z.input<typeof RetireProductInput>;

/**
 * Takes a product out of service at once and enqueues the teardown: governance, serving, processing,
 * storage; keys and files destroyed, grants revoked, the audit kept. A second call answers with the
 * retirement that is under way.
 * Consumers are told. Nothing under a legal hold is retired, forced or not.
 * @throws AppError not_found | forbidden | invalid | conflict | precondition
 */
export async function retireProduct(ctx: Ctx, raw: RetireProductInput): Promise<{ runId: string }> {
  const input = RetireProductInput.parse(raw);
  const obstacle = await obstacleTo(input.productId);
  const consumers = await consumersOf(input.productId);
  return transact(async (tx) => {
    await tx.$queryRaw`select id from product where id = ${input.productId} for update`;
    const product = await loadRetiring(tx, input.productId);
    requireCan(ctx, 'product.retire', product);
    const path = `${product.domain.name}/${product.name}`;
    const { last } = product;
    if (last && !isRunOver(last.status)) {
      if (last.kind === 'retire') return { runId: last.id };
      throw conflict(`${path} is being provisioned. Cancel that run, or wait until it ends.`);
    }
    if (product.status === 'retired') throw conflict(`${path} is retired already.`);
    if (product.status === 'draft') {
      throw precondition(`${path} is a draft: nothing was made for it. Discard the draft instead.`);
    }
    if (input.confirm.trim() !== path) {
      const message = `Type ${path} exactly to retire it.`;
      throw invalid(message, { confirm: message });
    }
    if (await isHeld(product.id, tx)) {
      throw conflict(
        `${path} is under a legal hold, so nothing of it is destroyed. A steward releases the hold first.`,
      );
    }
    const readers = await livingReaders(tx, product.id);
    if (readers.length > 0 && !input.force) {
      throw conflict(
        `${path} is read by ${readers.join(', ')}. Retire or repoint them first, or force it and let their next loads fail.`,
        { readers },
      );
    }
    if (obstacle && !input.force) {
      throw conflict(`${obstacle} Or force it.`, { readers });
    }
    assertTransition(product.status, 'retired');
    const wasLive = canTransition(product.status, 'deprecated') || product.status === 'deprecated';
    await stopServing(tx, product);
    if (wasLive) await tellRetired(tx, product, consumers);
    const runId = await createRetireRun(tx, ctx, product);
    audit(tx, ctx, {
      action: 'product.retire',
      target: { type: 'product', id: product.id },
      productId: product.id,
      domainId: product.domainId,
      detail: {
        product: path,
        runId,
        isForced: input.force,
        readers,
        ...changed({ status: product.status }, { status: 'retired' }),
      },
    });
    return { runId };
  });
}

async function obstacleTo(productId: string): Promise<string | null> {
  const product = await db().product.findUnique({
    where: { id: productId },
    select: { id: true, status: true },
  });
  return product && retirementObstacle(product);
}

/** Readers are turned away from this instant, and no schedule fires any more. */
async function stopServing(tx: Tx, { id: productId, status }: Retiring): Promise<void> {
  if (canTransition(status, 'deprecated')) await moveProduct(tx, productId, 'deprecated');
  await tx.productEnvironment.updateMany({
    where: { productId },
    data: { status: 'removed', snapshotId: null },
  });
  await tx.pipeline.updateMany({
    where: { productId },
    data: { isEnabled: false, nextRunAt: null },
  });
  await notify(tx, 'portolan_product', productId);
}

async function tellRetired(tx: Tx, product: Retiring, consumers: string[]): Promise<void> {
  const { id: productId, title, name, ownerId, domainId, domain } = product;
  await raiseAlert(tx, {
    kind: 'product.retired',
    level: 'warning',
    title: `${title} is retired`,
    body: 'It answers no more. Its files and keys are destroyed, and the grants on it end.',
    href: `/products/${domain.name}/${name}`,
    to: { userIds: [ownerId, ...consumers] },
    ...{ productId, domainId, dedupeKey: `product.retired:${productId}` },
  });
}

type Retiring = Awaited<ReturnType<typeof loadRetiring>>;

/** One relation after the other: within a transaction Prisma would read them at once on one connection. */
async function loadRetiring(tx: Tx, id: string) {
  const product = await tx.product.findUnique({
    where: { id },
    include: { domain: { select: { name: true } } },
  });
  if (!product) throw notFound('The product');
  const last = await tx.provisioningRun.findFirst({
    where: { productId: id },
    orderBy: { createdAt: 'desc' },
  });
  const resources = await tx.resource.findMany({ where: { productId: id } });
  return { ...product, last, resources };
}

const DEFAULT_DRIVERS = {
  storage: 'data-lake',
  processing: 'duckdb-etl',
  serving: 'rest-api',
  governance: 'standard',
} as const;

async function createRetireRun(tx: Tx, ctx: Ctx, product: Retiring): Promise<string> {
  const runId = newId();
  const { last, resources } = product;
  const isStaged = resources.some((resource) => resource.environment === 'staging');
  const environments = ['production', ...(isStaged ? ['staging'] : [])];
  const all = environments.flatMap((environment) =>
    CAPABILITIES.map((name) => ({ environment, name })),
  );
  await tx.provisioningRun.create({
    data: {
      id: runId,
      productId: product.id,
      kind: 'retire',
      attempt: last?.kind === 'retire' ? last.attempt + 1 : 1,
      requestedBy: ctx.actor.type === 'user' ? ctx.actor.id : null,
      steps: {
        create: all.map(({ name, environment }, ordinal) => ({
          id: newId(),
          ordinal,
          name,
          environment,
          driver:
            resources.find((resource) => resource.capability === name)?.driver ??
            DEFAULT_DRIVERS[name],
        })),
      },
    },
  });
  await enqueue(tx, { workflow: 'retire', queue: 'provisioning', key: runId, args: [runId] });
  await notify(tx, 'portolan_run', runId);
  return runId;
}
