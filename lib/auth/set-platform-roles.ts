import { z } from 'zod';
import { changed } from '@/lib/audit';
import { type Ctx, requireCan, transact } from '@/lib/core';
import { forgetPerson } from './actors';
import { PlatformRoles } from './inputs';
import { lockAdmins, lockPerson, personChanged, requireAnAdmin } from './people';

export const SetPlatformRolesInput = z.object({
  userId: z.string().max(64),
  platformRoles: PlatformRoles,
});
export type SetPlatformRolesInput = z.input<typeof SetPlatformRolesInput>;

/** @throws AppError precondition when it would remove the last platform admin. */
export async function setPlatformRoles(ctx: Ctx, raw: SetPlatformRolesInput): Promise<void> {
  const { userId, platformRoles } = SetPlatformRolesInput.parse(raw);
  requireCan(ctx, 'people.manage');
  await transact(async (tx) => {
    await lockAdmins(tx);
    const user = await lockPerson(tx, userId);
    // What the groups gave and is kept stays the identity provider's; the rest is the portal's now.
    const oidcRoles = user.oidcRoles.filter((role) => platformRoles.some((kept) => kept === role));
    await tx.user.update({ where: { id: userId }, data: { platformRoles, oidcRoles } });
    await requireAnAdmin(tx);
    const before = { platformRoles: user.platformRoles };
    const detail = { subject: user.email, ...changed(before, { platformRoles }) };
    await personChanged(tx, ctx, userId, 'person.roles', detail);
  });
  forgetPerson(userId);
}
