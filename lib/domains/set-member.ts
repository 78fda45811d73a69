import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { forgetPerson } from '@/lib/auth';
import {
  type Ctx,
  DOMAIN_ROLES,
  enqueueCheck,
  invalid,
  notify,
  requireCan,
  transact,
} from '@/lib/core';
import { lockDomain, requireAdminLeft } from './domain-lock';

export const SetMemberInput = z.object({
  domainId: z.string().max(64),
  email: z.string().trim().toLowerCase().min(1, 'Write the person\u2019s e-mail address.').max(254),
  role: z.enum(DOMAIN_ROLES),
  /** Takes the role from the domain's last data admin all the same. */
  mayLeaveNoAdmin: z.boolean().default(false),
});
export type SetMemberInput = z.input<typeof SetMemberInput>;

/**
 * Adds a person to the domain or changes their role. A role that came from the identity provider's
 * groups is the portal's from then on.
 * @throws AppError precondition (`reason: last_data_admin`) unless `mayLeaveNoAdmin`.
 */
export async function setMember(ctx: Ctx, raw: SetMemberInput): Promise<{ userId: string }> {
  const { domainId, email, role, mayLeaveNoAdmin } = SetMemberInput.parse(raw);
  requireCan(ctx, 'domain.members', { domainId });
  const userId = await transact(async (tx) => {
    await lockDomain(tx, domainId);
    const user = await tx.user.findUnique({ where: { email } });
    if (!user || user.disabledAt) {
      throw invalid(`Nobody active has the e-mail address ${email}.`, {
        email: 'Nobody active has this e-mail address. A platform admin can add people.',
      });
    }
    const key = { domainId, userId: user.id };
    const before = await tx.membership.findUnique({ where: { domainId_userId: key } });
    if (before?.role === 'data_admin' && role !== 'data_admin' && !mayLeaveNoAdmin) {
      await requireAdminLeft(tx, domainId, user.id);
    }
    await tx.membership.upsert({
      where: { domainId_userId: key },
      create: { ...key, role },
      update: { role, source: 'portal' },
    });
    audit(tx, ctx, {
      action: 'domain.member.set',
      target: { type: 'user', id: user.id },
      domainId,
      detail: { subject: email, ...changed(before && { role: before.role }, { role }) },
    });
    await notify(tx, 'portolan_access', user.id);
    await enqueueCheck(tx);
    return user.id;
  });
  forgetPerson(userId);
  return { userId };
}
