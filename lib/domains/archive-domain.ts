import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  notFound,
  notify,
  now,
  precondition,
  requireCan,
  transact,
} from '@/lib/core';

export const ArchiveDomainInput = z.object({
  domainId: z.string().max(64),
  /** False brings it back. */
  isArchived: z.boolean().default(true),
});
export type ArchiveDomainInput = z.input<typeof ArchiveDomainInput>;

/**
 * An archived domain takes no new products and its roles rest; nothing is removed.
 * @throws AppError precondition while it has products that are not retired.
 */
export async function archiveDomain(ctx: Ctx, raw: ArchiveDomainInput): Promise<void> {
  const { domainId, isArchived } = ArchiveDomainInput.parse(raw);
  requireCan(ctx, 'domain.create');
  await transact(async (tx) => {
    await tx.$executeRaw`select 1 from domain where id = ${domainId} for update`;
    const domain = await tx.domain.findUnique({ where: { id: domainId } });
    if (!domain) throw notFound('This domain');
    if ((domain.archivedAt !== null) === isArchived) {
      throw conflict(`The domain ${domain.name} is ${isArchived ? 'archived' : 'active'} already.`);
    }
    const products = await tx.product.count({ where: { domainId, status: { not: 'retired' } } });
    if (isArchived && products > 0) {
      throw precondition(
        `The domain ${domain.name} has ${products} products that are not retired. Retire them first.`,
        { products },
      );
    }
    await tx.domain.update({
      where: { id: domainId },
      data: { archivedAt: isArchived ? now() : null, rev: { increment: 1 } },
    });
    audit(tx, ctx, {
      action: isArchived ? 'domain.archive' : 'domain.restore',
      target: { type: 'domain', id: domainId },
      domainId,
      detail: { name: domain.name, ...changed({ isArchived: !isArchived }, { isArchived }) },
    });
    await notify(tx, 'portolan_access', '');
  });
}
