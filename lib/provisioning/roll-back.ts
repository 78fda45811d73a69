import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  enqueueCheck,
  precondition,
  systemCtx,
  type Tx,
  transact,
} from '@/lib/core';
import type { EtlSpec } from '@/lib/platform';
import type { ServeEarlier } from '@/lib/quality';
import { syncServed } from '@/lib/quality/incidents/sync-served';
import type { DataProduct } from '@/lib/specs';
import { lockProduct } from './begin-run';
import { consumersOf } from './consumers';
import { keepBlue, putInForce, serve } from './promote-run';

export const RollBackInput = z.object({
  productId: z.string().min(1).max(100),
  /** Of production; without it, what was served before the newest promotion or load. */
  snapshotId: z.string().min(1).max(100).optional(),
  /** The snapshot that the person saw being served: refused when it is another one by now. */
  servedId: z.string().min(1).max(100).optional(),
  reason: z.string().trim().max(500).default(''),
});
export type RollBackInput = z.input<typeof RollBackInput>;

export interface RolledBack {
  snapshotId: string;
  number: number;
  version: string;
}

/**
 * Serves an earlier snapshot at once: one transaction, nothing is loaded or copied. A snapshot of an earlier
 * release brings that release's contract, version and pipeline back with it. Readers under way finish on what
 * they began with. @throws AppError not_found | forbidden | precondition | conflict
 */
export async function rollBack(ctx: Ctx, raw: RollBackInput): Promise<RolledBack> {
  const { productId, snapshotId, servedId, reason } = RollBackInput.parse(raw);
  const consumers = await consumersOf(productId);
  return transact(async (tx) => {
    const product = await lockProduct(tx, ctx, productId);
    const served = await lockServed(tx, productId);
    const target = await targetOf(tx, productId, served, snapshotId);
    if (servedId !== undefined && servedId !== served.snapshotId) {
      throw conflict('Another snapshot is served than when you looked. Look again first.');
    }
    if (target.id === served.snapshotId) {
      throw conflict(`Snapshot ${target.number} is served already.`);
    }
    return goBack(tx, ctx, { product, served, target, reason, consumers });
  });
}

/**
 * The same, as the remedy of a quality incident: from the rows that the person looked at to those that were chosen.
 * Safe to run twice. @throws AppError precondition when something else is served meanwhile
 */
export const serveEarlier: ServeEarlier = async ({ productId, from, to, reason }) => {
  const consumers = await consumersOf(productId);
  await transact(async (tx) => {
    const ctx = systemCtx('quality');
    const product = await lockProduct(tx, ctx, productId);
    const served = await lockServed(tx, productId);
    if (served.snapshotId === to) return;
    if (served.snapshotId !== from) {
      throw precondition('Other rows are served meanwhile. Begin anew with those.');
    }
    const target = await targetOf(tx, productId, served, to);
    await goBack(tx, ctx, { product, served, target, reason, consumers });
  });
};

/** Whoever removes snapshots takes this lock too (lib/platform/snapshots/store.ts). */
async function lockServed(tx: Tx, productId: string) {
  await tx.$queryRaw`select 1 from product_environment where "productId" = ${productId} for update`;
  const served = await tx.productEnvironment.findFirst({
    where: { productId, environment: 'production', status: 'live' },
  });
  if (!served?.snapshotId) throw precondition('The product is not live, so nothing is served.');
  return served;
}

interface Back {
  product: Awaited<ReturnType<typeof lockProduct>>;
  served: { snapshotId: string | null; releaseId: string | null };
  target: { id: string; number: number; releaseId: string | null };
  reason: string;
  consumers: string[];
}

async function goBack(tx: Tx, ctx: Ctx, back: Back): Promise<RolledBack> {
  const { product, served, target, reason, consumers } = back;
  const { id: productId, version, title, ownerId, domainId } = product;
  const releaseId = target.releaseId ?? served.releaseId;
  if (releaseId !== served.releaseId) {
    const release = await releaseOf(tx, releaseId);
    requireSameVersion(release.version, version, target.number);
    await keepBlue(tx, productId, served);
    await putInForce(tx, productId, {
      version,
      descriptor: release.descriptor as unknown as DataProduct,
      etl: release.etl as unknown as EtlSpec,
    });
  }
  await serve(tx, productId, { snapshotId: target.id, releaseId });
  await syncServed(tx, productId, target.id);
  audit(tx, ctx, {
    action: 'product.rollback',
    target: { type: 'product', id: productId },
    ...{ productId, domainId },
    detail: { from: served.snapshotId, to: target.id, version, reason },
  });
  await raiseAlert(tx, {
    kind: 'product.rolled_back',
    level: 'warning',
    title: `${title} was rolled back to snapshot ${target.number}, version ${version}`,
    body: reason,
    href: `/products/${product.domain.name}/${product.name}/lifecycle`,
    to: { userIds: [ownerId, ...consumers] },
    ...{ productId, domainId },
  });
  await enqueueCheck(tx, productId);
  return { snapshotId: target.id, number: target.number, version };
}

/** Who built on a version is promised it until its sunset, and a rollback would end it at once. */
function requireSameVersion(earlier: string, inForce: string, number: number): void {
  if (earlier === inForce) return;
  throw precondition(
    `Snapshot ${number} belongs to version ${earlier} of the contract, and ${inForce} is in force. A rollback stays within a version. To go back, propose the contract of ${earlier} anew under Versions.`,
  );
}

async function releaseOf(tx: Tx, id: string | null) {
  const release = id && (await tx.release.findUnique({ where: { id } }));
  if (!release) throw precondition('The release that wrote this snapshot is not known any more.');
  return release;
}

/** The named snapshot, or the one before: of the release before, else the one loaded before. */
async function targetOf(
  tx: Tx,
  productId: string,
  served: { snapshotId: string | null; releaseId: string | null },
  snapshotId: string | undefined,
) {
  const where = { productId, environment: 'production' };
  const blue = await tx.release.findFirst({
    where: { productId, lastSnapshotId: { not: null }, id: { not: served.releaseId ?? '' } },
  });
  const wanted = snapshotId ?? blue?.lastSnapshotId;
  const current = await tx.snapshot.findUniqueOrThrow({ where: { id: served.snapshotId ?? '' } });
  const found = wanted
    ? await tx.snapshot.findFirst({ where: { ...where, id: wanted } })
    : await tx.snapshot.findFirst({
        where: { ...where, status: 'ready', number: { lt: current.number } },
        orderBy: { number: 'desc' },
      });
  if (!found) {
    throw precondition(
      snapshotId
        ? 'This product has no such snapshot in production. Choose one of its list.'
        : 'There is no earlier snapshot of the version in force to roll back to. To go back to an older version, propose its contract anew under Versions.',
    );
  }
  if (found.status !== 'ready') {
    throw precondition(
      `The files of snapshot ${found.number} are removed (by retention, erasure or age), so it cannot be served again. Choose another.`,
    );
  }
  return found;
}
