import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  enqueueCheck,
  notFound,
  notify,
  precondition,
  type Tx,
} from '@/lib/core';

export const emailTaken = (email: string) =>
  conflict(`Somebody with the e-mail address ${email} exists already.`, {
    fields: { email: 'Somebody with this e-mail address exists already.' },
  });

/** The person's row, locked until the transaction ends. */
export async function lockPerson(tx: Tx, userId: string) {
  await tx.$executeRaw`select 1 from "user" where id = ${userId} for update`;
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (!user) throw notFound('This person');
  return user;
}

/** Taken by whatever may remove a platform admin, so that two of them cannot remove each other. */
export async function lockAdmins(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('portolan.platform_admins'))`;
}

/** @throws AppError precondition when nobody active would be platform admin any more. */
export async function requireAnAdmin(tx: Tx): Promise<void> {
  const count = await tx.user.count({
    where: { platformRoles: { has: 'platform_admin' }, disabledAt: null },
  });
  if (count > 0) return;
  throw precondition(
    'This would leave the portal without a platform admin. Give somebody else the role first.',
  );
}

/** Audits a change of a person and tells every process to read them afresh. */
export async function personChanged(
  tx: Tx,
  ctx: Ctx,
  userId: string,
  action: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  audit(tx, ctx, { action, target: { type: 'user', id: userId }, detail });
  await notify(tx, 'portolan_access', userId);
  await enqueueCheck(tx);
}
