import { notFound, precondition, type Tx } from '@/lib/core';

/** Changes of one domain's members follow one another. */
export async function lockDomain(tx: Tx, domainId: string): Promise<void> {
  await tx.$executeRaw`select 1 from domain where id = ${domainId} for update`;
  const found = await tx.domain.findUnique({ where: { id: domainId }, select: { id: true } });
  if (!found) throw notFound('This domain');
}

/** @throws AppError precondition when the person is the domain's last active data admin. */
export async function requireAdminLeft(tx: Tx, domainId: string, userId: string): Promise<void> {
  const others = await tx.membership.count({
    where: { domainId, role: 'data_admin', userId: { not: userId }, user: { disabledAt: null } },
  });
  if (others > 0) return;
  throw precondition(
    'This is the domain\u2019s last data admin: nobody in it could manage members or grants. Name another first, or confirm that you mean it.',
    { reason: 'last_data_admin' },
  );
}
