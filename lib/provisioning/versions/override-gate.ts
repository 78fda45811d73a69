import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, requireCan, transact } from '@/lib/core';
import { loadVersion, tell } from './tell';

export const OverrideGateInput = z.object({
  versionId: z.string().min(1).max(100),
  reason: z.string().trim().min(10, 'Say why in at least ten characters').max(500),
});
export type OverrideGateInput = z.input<typeof OverrideGateInput>;

/**
 * Opens the gate of a breaking change before everybody has answered. Those who have not are told, with the reason.
 * @throws AppError not_found | forbidden | conflict
 */
export async function overrideGate(ctx: Ctx, raw: OverrideGateInput): Promise<void> {
  const { versionId, reason } = OverrideGateInput.parse(raw);
  await transact(async (tx) => {
    const version = await loadVersion(versionId, tx);
    requireCan(ctx, 'contract.override', { domainId: version.product.domainId });
    const actorId = ctx.actor.type === 'user' ? ctx.actor.id : 'system';
    const { count } = await tx.contractVersion.updateMany({
      where: { id: versionId, status: 'proposed', overriddenById: null },
      data: { overriddenById: actorId, overrideReason: reason },
    });
    if (count === 0)
      throw conflict('The gate of this change is open already, or the change is over.');
    const open = await tx.contractAcknowledgement.findMany({
      where: { versionId, acknowledgedAt: null },
      select: { userId: true },
      take: 500,
    });
    await tell(tx, version, {
      kind: 'contract.proposed',
      level: 'warning',
      title: `Version ${version.version} of ${version.product.title} will come without your acknowledgement`,
      body: `Reason: ${reason}. The old version answers for ${version.windowDays} days after that.`,
      to: { userIds: open.map((one) => one.userId) },
    });
    audit(tx, ctx, {
      action: 'contract.override',
      target: { type: 'contract_version', id: versionId },
      productId: version.productId,
      domainId: version.product.domainId,
      detail: { version: version.version, reason, unanswered: open.length },
    });
  });
}
