import { audit } from '@/lib/audit';
import { enqueue, enqueueCheck, notify, now, precondition, systemCtx, type Tx } from '@/lib/core';
import { audienceOf, endCertification } from '@/lib/governance';
import { type EtlSpec, etlSpecSchema, versionEnvironment } from '@/lib/platform';
import { majorOf } from '@/lib/products/contract-diff';
import type { DataProduct } from '@/lib/specs';
import { reminderAt } from '../sunsets/reminders';
import { gateOf } from './change-gate';
import { firstRunAfter, putContractParts } from './put-parts';
import { OPEN } from './statuses';
import { addressOf, loadVersion, tell } from './tell';
import { daysAfter } from './window';

/**
 * The contract's part of the switch, in the transaction of the promotion: the plain address answers by the new
 * contract; the old version of a breaking change goes on in an environment of its own, with its own pipeline and
 * its readers among the products pinned to it.
 * @param snapshotId the new contract's rows
 * @returns whether the old version goes on beside it
 * @throws AppError precondition when another contract took effect meanwhile, or the gate has closed
 */
export async function takeEffect(
  tx: Tx,
  versionId: string,
  snapshotId: string,
): Promise<{ staysBeside: boolean }> {
  const { next, old } = await requireNext(tx, versionId);
  const { productId, windowDays } = next;
  const staysBeside = next.bump === 'major';
  const sunsetAt = staysBeside ? daysAfter(now(), windowDays) : null;
  if (sunsetAt) await keepBeside(tx, old, snapshotId, sunsetAt);
  else await supersede(tx, old.id);
  await putInForce(tx, next);
  if (staysBeside) {
    const reason = `Version ${next.version} breaks what was certified. A steward looks at it anew.`;
    await endCertification(tx, productId, 'new_version', reason);
  }
  await say(tx, next, sunsetAt);
  await enqueue(tx, {
    workflow: 'quality',
    queue: 'quality',
    key: `quality:${productId}:${next.id}`,
    args: [productId],
  });
  return { staysBeside };
}

/** Words alone amend the release that is served: no row is loaded, tested or switched. */
export async function putWords(tx: Tx, versionId: string): Promise<void> {
  const { next, old } = await requireNext(tx, versionId);
  const { productId, version } = next;
  await supersede(tx, old.id);
  await putInForce(tx, next);
  const { releaseId } = await tx.productEnvironment.findUniqueOrThrow({
    where: { productId_environment: { productId, environment: 'production' } },
  });
  await tx.release.updateMany({
    where: { id: releaseId ?? '' },
    data: { version, descriptor: next.descriptor as object },
  });
  await say(tx, next, null);
}

async function requireNext(tx: Tx, versionId: string) {
  const next = await loadVersion(versionId, tx);
  const { productId } = next;
  const old = await tx.contractVersion.findFirst({ where: { productId, status: 'active' } });
  if (!OPEN.includes(next.status) || !old || old.version !== next.baseVersion) {
    throw precondition(
      'The contract in force has changed meanwhile. Withdraw this change and propose it anew.',
    );
  }
  const closed = await gateOf(tx, next);
  if (closed) throw precondition(closed);
  const served = await tx.productEnvironment.findUnique({
    where: { productId_environment: { productId, environment: 'production' } },
  });
  if (served?.status !== 'live') throw precondition('The product is not live any more.');
  return { next, old };
}

const supersede = (tx: Tx, id: string) =>
  tx.contractVersion.update({ where: { id }, data: { status: 'superseded', environment: null } });

async function putInForce(tx: Tx, next: Next): Promise<void> {
  await tx.contractVersion.update({
    where: { id: next.id },
    data: { status: 'active', environment: 'production', activatedAt: now(), error: null },
  });
  const etl = etlSpecSchema.parse(next.etl);
  await putContractParts(tx, next.productId, next.descriptor as unknown as DataProduct, etl);
}

type Old = { id: string; productId: string; version: string; etl: unknown };

/** The old version's environment, rows, next load and readers. */
async function keepBeside(
  tx: Tx,
  { id, productId, version, etl }: Old,
  newSnapshotId: string,
  sunsetAt: Date,
): Promise<void> {
  const major = majorOf(version);
  const environment = versionEnvironment(major);
  const [pipeline, served] = await Promise.all([
    tx.pipeline.findUnique({ where: { productId } }),
    tx.productEnvironment.findUniqueOrThrow({
      where: { productId_environment: { productId, environment: 'production' } },
    }),
  ]);
  const { snapshotId, releaseId } = served;
  const live = { status: 'live', snapshotId, releaseId };
  await tx.productEnvironment.upsert({
    where: { productId_environment: { productId, environment } },
    create: { productId, environment, ...live },
    update: live,
  });
  // The rows are the old version's now: whoever erases, ages or rolls back rows finds them there alone.
  await tx.snapshot.updateMany({
    where: { productId, environment: 'production', status: 'ready', id: { not: newSnapshotId } },
    data: { environment },
  });
  const { schedule } = etl as EtlSpec;
  await tx.contractVersion.update({
    where: { id },
    data: {
      status: 'deprecated',
      environment,
      deprecatedAt: now(),
      sunsetAt,
      // Whoever is told now is not told the same again at once.
      sunsetReminder: reminderAt(sunsetAt, now()),
      nextRunAt: pipeline?.isEnabled ? firstRunAfter(schedule) : null,
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
  const told = await audienceOf(
    tx,
    productId,
    'new_version',
    asked.map((one) => one.userId),
  );
  await tell(tx, next, {
    kind: 'contract.activated',
    level: sunsetAt ? 'warning' : 'info',
    title: `Version ${version} of ${addressOf(next)} is in force`,
    body: sunsetAt
      ? `Version ${old} answers at ?version=${majorOf(old)} until ${sunsetAt.toISOString().slice(0, 10)}. Move before that day.`
      : `It takes the place of version ${old}.`,
    to: { userIds: [product.ownerId, ...told] },
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
}
