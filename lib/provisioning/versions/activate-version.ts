import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  enqueue,
  now,
  precondition,
  requireCan,
  type Tx,
  transact,
} from '@/lib/core';
import { addressOf, loadVersion } from './tell';
import { windowEnd } from './window';
import { VersionInput } from './withdraw-change';

type Gated = Awaited<ReturnType<typeof loadVersion>>;

/** Why a proposal may not take effect yet, in words; null when it may. */
export async function gateOf(tx: Tx, version: Gated): Promise<string | null> {
  if (version.bump !== 'major' || version.overriddenById) return null;
  const waiting = await tx.contractAcknowledgement.count({
    where: { versionId: version.id, acknowledgedAt: null },
  });
  const end = windowEnd(version);
  if (waiting === 0 || end <= now()) return null;
  const who = waiting === 1 ? 'One consumer has' : `${waiting} consumers have`;
  return `${who} not acknowledged it. It can take effect when they have, from ${end.toISOString().slice(0, 10)} on, or when a steward or a data admin of the domain overrides with a reason.`;
}

/**
 * Puts a proposed version in force: enqueues the load of its rows and the switch. A second call answers the same.
 * @throws AppError not_found | forbidden | conflict | precondition while the gate is closed
 */
export async function activateVersion(ctx: Ctx, raw: VersionInput): Promise<{ versionId: string }> {
  const { versionId } = VersionInput.parse(raw);
  return transact(async (tx) => {
    await tx.$queryRaw`select id from contract_version where id = ${versionId} for update`;
    const version = await loadVersion(versionId, tx);
    requireCan(ctx, 'product.edit', version.product);
    if (version.status === 'activating' || version.status === 'active') return { versionId };
    if (version.status !== 'proposed') {
      throw conflict(`Version ${version.version} is ${version.status} and cannot take effect.`);
    }
    if (version.product.status !== 'production') {
      throw precondition(
        `${addressOf(version)} is ${version.product.status}; only a product in production changes its contract.`,
      );
    }
    const closed = await gateOf(tx, version);
    if (closed) throw precondition(closed);
    const { attempt } = await tx.contractVersion.update({
      where: { id: versionId },
      data: { status: 'activating', error: null, attempt: { increment: 1 } },
    });
    await enqueue(tx, {
      workflow: 'version-activate',
      queue: 'provisioning',
      key: `${versionId}:${attempt}`,
      args: [versionId],
    });
    audit(tx, ctx, {
      action: 'contract.activate',
      target: { type: 'contract_version', id: versionId },
      productId: version.productId,
      domainId: version.product.domainId,
      detail: { version: version.version, attempt, isOverridden: version.overriddenById !== null },
    });
    return { versionId };
  });
}
