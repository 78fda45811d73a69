import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, notFound, requireCan, transact } from '@/lib/core';
import { DomainDescription, DomainTitle } from './inputs';

export const UpdateDomainInput = z.object({
  domainId: z.string().max(64),
  /** The revision that was read: a change made meanwhile is not overwritten. */
  rev: z.coerce.number().pipe(z.int32()),
  title: DomainTitle,
  description: DomainDescription,
});
export type UpdateDomainInput = z.input<typeof UpdateDomainInput>;

/** @throws AppError conflict when somebody changed the domain since `rev`. */
export async function updateDomain(ctx: Ctx, raw: UpdateDomainInput): Promise<{ rev: number }> {
  const { domainId, rev, title, description } = UpdateDomainInput.parse(raw);
  requireCan(ctx, 'domain.edit', { domainId });
  await transact(async (tx) => {
    const before = await tx.domain.findUnique({ where: { id: domainId } });
    if (!before) throw notFound('This domain');
    const { count } = await tx.domain.updateMany({
      where: { id: domainId, rev },
      data: { title, description, rev: { increment: 1 } },
    });
    if (count === 0) {
      throw conflict(
        'Somebody changed this domain meanwhile. Load the page again, then change it.',
      );
    }
    audit(tx, ctx, {
      action: 'domain.update',
      target: { type: 'domain', id: domainId },
      domainId,
      detail: {
        name: before.name,
        ...changed(
          { title: before.title, description: before.description },
          { title, description },
        ),
      },
    });
  });
  return { rev: rev + 1 };
}
