import { audit } from '@/lib/audit';
import { notify, systemCtx, type Tx } from '@/lib/core';
import { addressOf, loadVersion, tell } from './tell';

/** After a run that did not get to production: the version that it was to put in force is a proposal again. */
export async function putBack(tx: Tx, productId: string, error: string): Promise<void> {
  const found = await tx.contractVersion.findFirst({
    where: { productId, status: 'activating' },
    select: { id: true },
  });
  if (!found) return;
  const next = await loadVersion(found.id, tx);
  await tx.contractVersion.update({
    where: { id: next.id },
    data: { status: 'proposed', error },
  });
  await tell(tx, next, {
    kind: 'contract.failed',
    level: 'error',
    title: `Version ${next.version} of ${addressOf(next)} could not take effect (attempt ${next.attempt})`,
    body: error,
    to: { userIds: [...new Set([next.product.ownerId, next.authorId ?? ''])] },
  });
  audit(tx, systemCtx('worker'), {
    action: 'contract.activation_failed',
    target: { type: 'contract_version', id: next.id },
    productId,
    domainId: next.product.domainId,
    detail: { version: next.version, error: error.slice(0, 500) },
  });
  await notify(tx, 'portolan_product', productId);
}
