import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, notify, requireCan, transact } from '@/lib/core';
import { audienceOf } from '@/lib/governance';
import { addressOf, loadVersion, tell } from './tell';

export const VersionInput = z.object({ versionId: z.string().min(1).max(100) });
export type VersionInput = z.input<typeof VersionInput>;

/** Takes a proposal back; whoever was asked about it is told. @throws AppError not_found | forbidden | conflict */
export async function withdrawChange(ctx: Ctx, raw: VersionInput): Promise<void> {
  const { versionId } = VersionInput.parse(raw);
  await transact(async (tx) => {
    const version = await loadVersion(versionId, tx);
    requireCan(ctx, 'product.edit', version.product);
    const { count } = await tx.contractVersion.updateMany({
      where: { id: versionId, status: 'proposed' },
      data: { status: 'withdrawn' },
    });
    if (count === 0) {
      throw conflict(`Version ${version.version} is ${version.status} and cannot be withdrawn.`);
    }
    // What was staged of it goes with it (see `removeOldSnapshots`).
    await tx.productEnvironment.updateMany({
      where: {
        productId: version.productId,
        environment: 'staging',
        candidate: { path: ['contractVersionId'], equals: versionId },
      },
      data: { status: 'removed', snapshotId: null, candidate: {} },
    });
    await notify(tx, 'portolan_product', version.productId);
    const asked = await tx.contractAcknowledgement.findMany({
      where: { versionId },
      select: { userId: true },
      take: 500,
    });
    const told = asked.map((one) => one.userId);
    await tell(tx, version, {
      kind: 'contract.withdrawn',
      level: 'info',
      title: `Version ${version.version} of ${addressOf(version)} will not come`,
      body: 'The proposal was withdrawn. Nothing changes for you.',
      to: { userIds: await audienceOf(tx, version.productId, 'schema_change', told) },
    });
    audit(tx, ctx, {
      action: 'contract.withdraw',
      target: { type: 'contract_version', id: versionId },
      productId: version.productId,
      domainId: version.product.domainId,
      detail: { version: version.version },
    });
  });
}
