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
import { isHeld } from '@/lib/governance';
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
 * @throws AppError not_found | forbidden | conflict when it is not deprecated, or under a legal hold
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
    if (await isHeld(version.productId, tx)) {
      throw conflict(
        `${addressOf(version)} is under a legal hold, so nothing of it is destroyed. A steward releases the hold first.`,
      );
    }
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

/** Once a day: a hold of that moment lets the job end without having done anything. */
export const enqueueSunset = (tx: Tx, versionId: string): Promise<void> =>
  enqueue(tx, {
    workflow: 'version-sunset',
    queue: 'provisioning',
    key: `sunset:${versionId}:${now().toISOString().slice(0, 10)}`,
    args: [versionId],
  });

const MOST_USERS = 1000;

/** Who lives on an old version: people who read it since it is deprecated, and owners of products pinned to it. */
export async function usersOfVersion(tx: Tx, versionId: string): Promise<string[]> {
  const { productId, version, deprecatedAt, createdAt } = await loadVersion(versionId, tx);
  const readers = await tx.usageEvent.findMany({
    where: { productId, version, at: { gt: deprecatedAt ?? createdAt } },
    distinct: ['actorId'],
    select: { actorId: true },
    take: MOST_USERS,
  });
  const pinned = await tx.productInput.findMany({
    where: { sourceId: productId, version: String(majorOf(version)) },
    select: { product: { select: { ownerId: true } } },
    take: MOST_USERS,
  });
  const users = [
    ...readers.flatMap(({ actorId }) => actorId ?? []),
    ...pinned.map(({ product }) => product.ownerId),
  ];
  return [...new Set(users)];
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
    // Placed since it was due: the chore comes back when it is released.
    if (old.status === 'deprecated' && (await isHeld(productId, tx))) return false;
    const { count } = await tx.contractVersion.updateMany({
      where: { id: versionId, status: 'deprecated', sunsetAt: { lte: now() } },
      data: { status: 'retired', retiredAt: now(), nextRunAt: null },
    });
    if (count === 0) return old.status === 'retired';
    const users = await usersOfVersion(tx, versionId);
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
      body: 'It answers no more and its files are destroyed. Products that were pinned to it read the version in force.',
      to: { userIds: [product.ownerId, ...users] },
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
