import { audit } from '@/lib/audit';
import { enqueue, enqueueCheck, notify, now, precondition, systemCtx, type Tx } from '@/lib/core';
import { type EtlSpec, etlSpecSchema, versionEnvironment } from '@/lib/platform';
import { majorOf } from '@/lib/products/contract-diff';
import type { DataProduct } from '@/lib/specs';
import { putContractParts } from './put-parts';
import { addressOf, loadVersion, tell } from './tell';
import { daysAfter } from './window';

/**
 * The switch, in the caller's transaction: the plain address answers by the new contract, and from the new rows where
 * there are some; the old version of a breaking change goes on in an environment of its own, with its own pipeline
 * and its readers among the products pinned to it. Does nothing when it has been done.
 * @param snapshotId the new contract's rows; null when it is served from the same rows
 * @throws AppError precondition when another contract took effect meanwhile
 */
export async function takeEffect(
  tx: Tx,
  versionId: string,
  snapshotId: string | null,
): Promise<void> {
  const next = await loadVersion(versionId, tx);
  if (next.status === 'active') return;
  const { productId } = next;
  const old = await tx.contractVersion.findFirst({ where: { productId, status: 'active' } });
  if (next.status !== 'activating' || !old || old.version !== next.baseVersion) {
    throw precondition(
      'The contract in force has changed meanwhile. Withdraw this change and propose it anew.',
    );
  }
  const production = { productId, environment: 'production' };
  const served = await tx.productEnvironment.findUnique({
    where: { productId_environment: production },
  });
  if (served?.status !== 'live') throw precondition('The product is not live any more.');
  const isBreaking = next.bump === 'major';
  if (isBreaking) {
    if (!snapshotId) throw precondition('A breaking version is served from rows of its own.');
    const rows = { old: served.snapshotId, new: snapshotId };
    await keepBeside(tx, old, rows, daysAfter(now(), next.windowDays));
  } else {
    await tx.contractVersion.update({
      where: { id: old.id },
      data: { status: 'superseded', environment: null },
    });
  }
  await tx.contractVersion.update({
    where: { id: versionId },
    data: { status: 'active', environment: 'production', activatedAt: now(), error: null },
  });
  if (snapshotId) {
    await tx.productEnvironment.update({
      where: { productId_environment: production },
      data: { snapshotId },
    });
  }
  const etl = etlSpecSchema.parse(next.etl);
  await putContractParts(tx, productId, next.descriptor as unknown as DataProduct, etl);
  await say(tx, next, isBreaking ? daysAfter(now(), next.windowDays) : null);
}

type Old = { id: string; productId: string; version: string; etl: unknown };

/** The old version's environment, rows, next load and readers. */
async function keepBeside(
  tx: Tx,
  { id, productId, version }: Old,
  rows: { old: string | null; new: string },
  sunsetAt: Date,
): Promise<void> {
  const major = majorOf(version);
  const environment = versionEnvironment(major);
  const pipeline = await tx.pipeline.findUnique({ where: { productId } });
  const live = { status: 'live', snapshotId: rows.old };
  await tx.productEnvironment.upsert({
    where: { productId_environment: { productId, environment } },
    create: { productId, environment, ...live },
    update: live,
  });
  // The rows are the old version's now: whoever erases, ages or rolls back rows finds them there alone.
  await tx.snapshot.updateMany({
    where: { productId, environment: 'production', status: 'ready', id: { not: rows.new } },
    data: { environment },
  });
  await tx.contractVersion.update({
    where: { id },
    data: {
      status: 'deprecated',
      environment,
      deprecatedAt: now(),
      sunsetAt,
      nextRunAt: pipeline?.isEnabled ? pipeline.nextRunAt : null,
    },
  });
  await tx.productInput.updateMany({
    where: { sourceId: productId, version: null },
    data: { version: String(major) },
  });
}

type Next = Awaited<ReturnType<typeof loadVersion>>;

async function say(tx: Tx, next: Next, sunsetAt: Date | null): Promise<void> {
  const { id, productId, version, product } = next;
  const asked = await tx.contractAcknowledgement.findMany({
    where: { versionId: id },
    select: { userId: true },
    take: 500,
  });
  const old = next.baseVersion ?? '';
  await tell(tx, next, {
    kind: 'contract.activated',
    level: sunsetAt ? 'warning' : 'info',
    title: `Version ${version} of ${addressOf(next)} is in force`,
    body: sunsetAt
      ? `Version ${old} answers at ?version=${majorOf(old)} until ${sunsetAt.toISOString().slice(0, 10)}. Move before that day.`
      : `It takes the place of version ${old}.`,
    to: { userIds: [product.ownerId, ...asked.map((one) => one.userId)] },
  });
  audit(tx, systemCtx('worker'), {
    action: 'contract.activated',
    target: { type: 'contract_version', id },
    productId,
    domainId: product.domainId,
    detail: { version, replaces: old, sunsetAt: sunsetAt?.toISOString() ?? null },
  });
  await notify(tx, 'portolan_product', productId);
  await enqueueCheck(tx, productId);
  await enqueue(tx, {
    workflow: 'quality',
    queue: 'quality',
    key: `quality:${productId}:${id}`,
    args: [productId],
  });
}

/** Whether the new contract needs rows of its own; beside an old version it always does. */
export function needsLoad(
  before: { descriptor: unknown; etl: unknown },
  after: { descriptor: unknown; etl: unknown; bump: string | null },
): boolean {
  if (after.bump === 'major') return true;
  const partsOf = ({ descriptor, etl }: { descriptor: unknown; etl: unknown }) => {
    const { spec } = descriptor as DataProduct;
    const { schedule: _, ...made } = etl as EtlSpec;
    const shape = spec.schema.map(({ name, type, precision, scale, timezone, items, fields }) => [
      ...[name, type, precision, scale, timezone, items, fields],
    ]);
    return JSON.stringify([shape, spec.classification, made.extract, made.transform]);
  };
  return partsOf(before) !== partsOf(after);
}
