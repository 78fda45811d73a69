import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  can,
  conflict,
  db,
  enqueue,
  notify,
  now,
  requireCan,
  systemCtx,
  type Tx,
  transact,
} from '@/lib/core';
import {
  discardSnapshots,
  removeLakePath,
  versionEnvironment,
  withProductLock,
} from '@/lib/platform';
import { majorOf } from '@/lib/products/contract-diff';
import type { Durable, RunDeps } from '../run-deps';
import { addressOf, loadVersion, tell } from './tell';
import { daysAfter } from './window';
import { VersionInput } from './withdraw-change';

const QUIET_DAYS = 7;
const SOON_DAYS = 7;

export const EndVersionInput = VersionInput.extend({
  reason: z.string().trim().min(10, 'Say why in at least ten characters').max(500),
});
export type EndVersionInput = z.input<typeof EndVersionInput>;

/** Who still lives on an old version: people who read it in the last week, and products that are pinned to it. */
export async function stillUsing(
  tx: Tx,
  { productId, version }: { productId: string; version: string },
): Promise<{ readers: number; products: number }> {
  const readers = await tx.usageEvent.findMany({
    where: { productId, version, status: { lt: 400 }, at: { gt: daysAfter(now(), -QUIET_DAYS) } },
    distinct: ['actorId'],
    select: { actorId: true },
    take: 500,
  });
  const products = await tx.productInput.count({
    where: { sourceId: productId, version: String(majorOf(version)) },
  });
  return { readers: readers.length, products };
}

/**
 * Ends a deprecated version before its day. Whoever may edit the product may, once nobody reads it any more; while
 * somebody does, it takes who may override the gate.
 * @throws AppError not_found | forbidden | conflict
 */
export async function endVersion(ctx: Ctx, raw: EndVersionInput): Promise<void> {
  const { versionId, reason } = EndVersionInput.parse(raw);
  await transact(async (tx) => {
    const version = await loadVersion(versionId, tx);
    const scope = version.product;
    const { readers, products } = await stillUsing(tx, version);
    const isQuiet = readers + products === 0;
    const permission =
      isQuiet && can(ctx, 'product.edit', scope) ? 'product.edit' : 'contract.override';
    requireCan(ctx, permission, scope);
    const { count } = await tx.contractVersion.updateMany({
      where: { id: versionId, status: 'deprecated' },
      data: { sunsetAt: now(), sunsetReason: reason },
    });
    if (count === 0) {
      throw conflict(
        `Version ${version.version} is ${version.status}; only a deprecated one is ended.`,
      );
    }
    await enqueueSunset(tx, versionId);
    audit(tx, ctx, {
      action: 'contract.end',
      target: { type: 'contract_version', id: versionId },
      productId: version.productId,
      domainId: scope.domainId,
      detail: { version: version.version, reason, readers, products },
    });
  });
}

const enqueueSunset = (tx: Tx, versionId: string): Promise<void> =>
  enqueue(tx, {
    workflow: 'version-sunset',
    queue: 'provisioning',
    key: `sunset:${versionId}`,
    args: [versionId],
  });

/** Retires what is due, and tells consumers when a week is left. Any number of workers may call it. */
export async function fireSunsets(): Promise<number> {
  const near = await db().contractVersion.findMany({
    where: { status: 'deprecated', sunsetAt: { lte: daysAfter(now(), SOON_DAYS) } },
    orderBy: { sunsetAt: 'asc' },
    take: 200,
  });
  for (const { id, sunsetAt, productId, version } of near) {
    const isDue = sunsetAt !== null && sunsetAt <= now();
    await transact(async (tx) =>
      isDue ? enqueueSunset(tx, id) : warn(tx, id, { productId, version }, sunsetAt),
    );
  }
  return near.length;
}

async function warn(
  tx: Tx,
  versionId: string,
  { productId, version }: { productId: string; version: string },
  sunsetAt: Date | null,
): Promise<void> {
  const old = await loadVersion(versionId, tx);
  const readers = await tx.usageEvent.findMany({
    where: { productId, version, at: { gt: old.deprecatedAt ?? old.createdAt } },
    distinct: ['actorId'],
    select: { actorId: true },
    take: 500,
  });
  await tell(tx, old, {
    kind: 'contract.sunset',
    level: 'warning',
    title: `Version ${version} of ${addressOf(old)} ends on ${sunsetAt?.toISOString().slice(0, 10)}`,
    body: 'You have read it since it is deprecated. Move to the version in force before that day.',
    to: { userIds: readers.flatMap(({ actorId }) => actorId ?? []) },
  });
}

/** At its sunset: turned away first, then destroyed. Safe to run twice, and to go on after a crash. */
export async function sunsetRun(durable: Durable, deps: RunDeps, versionId: string): Promise<void> {
  const isRetired = await durable.step('close', () => close(versionId));
  if (!isRetired) return;
  await durable.step('destroy', async () => {
    await deps.checkpoint('sunset:closed');
    await destroy(versionId);
  });
}

async function close(versionId: string): Promise<boolean> {
  return transact(async (tx) => {
    const old = await loadVersion(versionId, tx);
    const { productId, version, product } = old;
    const { count } = await tx.contractVersion.updateMany({
      where: { id: versionId, status: 'deprecated', sunsetAt: { lte: now() } },
      data: { status: 'retired', retiredAt: now(), nextRunAt: null },
    });
    if (count === 0) return old.status === 'retired';
    const environment = versionEnvironment(majorOf(version));
    await tx.productEnvironment.updateMany({
      where: { productId, environment },
      data: { status: 'removed', snapshotId: null },
    });
    await tx.productInput.updateMany({
      where: { sourceId: productId, version: String(majorOf(version)) },
      data: { version: null },
    });
    await tell(tx, old, {
      kind: 'contract.sunset',
      level: 'info',
      title: `Version ${version} of ${addressOf(old)} is retired`,
      body: 'It answers no more and its files are destroyed.',
      to: { userIds: [product.ownerId] },
    });
    audit(tx, systemCtx('worker'), {
      action: 'contract.retired',
      target: { type: 'contract_version', id: versionId },
      productId,
      domainId: product.domainId,
      detail: { version },
    });
    await notify(tx, 'portolan_product', productId);
    return true;
  });
}

/** Every snapshot of its environment, those from its time in production too, with files and keys. */
async function destroy(versionId: string): Promise<void> {
  const { productId, version } = await loadVersion(versionId);
  const environment = versionEnvironment(majorOf(version));
  await withProductLock(productId, async () => {
    await discardSnapshots(productId, { environment });
    await removeLakePath(productId, environment);
  });
  await db().productEnvironment.deleteMany({ where: { productId, environment } });
}
