import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { forgetPerson } from '@/lib/auth';
import { type Ctx, enqueueCheck, notFound, notify, requireCan, transact } from '@/lib/core';
import { lockDomain, requireAdminLeft } from './domain-lock';

export const RemoveMemberInput = z.object({
  domainId: z.string().max(64),
  userId: z.string().max(64),
  mayLeaveNoAdmin: z.boolean().default(false),
});
export type RemoveMemberInput = z.input<typeof RemoveMemberInput>;

/** @throws AppError precondition (`reason: last_data_admin`) unless `mayLeaveNoAdmin`. */
export async function removeMember(ctx: Ctx, raw: RemoveMemberInput): Promise<void> {
  const { domainId, userId, mayLeaveNoAdmin } = RemoveMemberInput.parse(raw);
  requireCan(ctx, 'domain.members', { domainId });
  await transact(async (tx) => {
    await lockDomain(tx, domainId);
    const where = { domainId_userId: { domainId, userId } };
    const before = await tx.membership.findUnique({ where, include: { user: true } });
    if (!before) throw notFound('This member');
    if (before.role === 'data_admin' && !mayLeaveNoAdmin) {
      await requireAdminLeft(tx, domainId, userId);
    }
    await tx.membership.delete({ where });
    audit(tx, ctx, {
      action: 'domain.member.remove',
      target: { type: 'user', id: userId },
      domainId,
      detail: { subject: before.user.email, ...changed({ role: before.role }, null) },
    });
    await notify(tx, 'portolan_access', userId);
    await enqueueCheck(tx);
  });
  forgetPerson(userId);
}
