import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, forbidden, notify, now, transact } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { addressOf, loadVersion, tell } from './tell';

export const AcknowledgeChangeInput = z.object({
  versionId: z.string().min(1).max(100),
  note: z.string().trim().max(500).default(''),
});
export type AcknowledgeChangeInput = z.input<typeof AcknowledgeChangeInput>;

/**
 * A consumer agrees to a breaking change. The last one who does opens the gate, and the owner is told. Agreeing twice
 * is once.
 * @throws AppError not_found | forbidden for whoever was not asked | conflict when the change is not open any more
 */
export async function acknowledgeChange(
  ctx: Ctx,
  raw: AcknowledgeChangeInput,
): Promise<{ waiting: number }> {
  const { versionId, note } = AcknowledgeChangeInput.parse(raw);
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  return transact(async (tx) => {
    // One answer at a time, so that the last one is known to be the last.
    await tx.$queryRaw`select 1 from contract_version where id = ${versionId} for update`;
    const version = await loadVersion(versionId, tx);
    const userId = ctx.actor.type === 'user' ? ctx.actor.id : '';
    const asked = await tx.contractAcknowledgement.findUnique({
      where: { versionId_userId: { versionId, userId } },
    });
    if (!asked)
      throw forbidden('You were not asked about this change: it breaks nothing that you use.');
    if (version.status !== 'proposed') {
      throw conflict(
        `Version ${version.version} is ${version.status}; there is nothing to acknowledge.`,
      );
    }
    const { count } = await tx.contractAcknowledgement.updateMany({
      where: { id: asked.id, acknowledgedAt: null },
      data: { acknowledgedAt: now(), note },
    });
    const waiting = await tx.contractAcknowledgement.count({
      where: { versionId, acknowledgedAt: null },
    });
    if (count === 0) return { waiting };
    audit(tx, ctx, {
      action: 'contract.acknowledge',
      target: { type: 'contract_version', id: versionId },
      productId: version.productId,
      domainId: version.product.domainId,
      detail: { version: version.version, note, waiting },
    });
    if (waiting === 0) {
      await tell(tx, version, {
        kind: 'contract.acknowledged',
        level: 'info',
        title: `Every consumer has acknowledged version ${version.version} of ${addressOf(version)}`,
        body: 'It can be put in force now.',
        to: { userIds: [...new Set([version.product.ownerId, version.authorId ?? ''])] },
      });
    }
    await notify(tx, 'portolan_product', version.productId);
    return { waiting };
  });
}
