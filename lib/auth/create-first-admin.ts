import { z } from 'zod';
import { type Ctx, db, newId, precondition, transact } from '@/lib/core';
import { Email, PersonName } from './inputs';
import { hashPassword, Password } from './password';
import { personChanged } from './people';

export const CreateFirstAdminInput = z.object({
  email: Email,
  name: PersonName,
  password: Password,
});
export type CreateFirstAdminInput = z.input<typeof CreateFirstAdminInput>;

/** True while nobody exists: the first run asks for the first platform admin. */
export async function needsFirstAdmin(): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) === null;
}

/**
 * The only way in without signing in, and only while nobody exists.
 * @throws AppError precondition once somebody does.
 */
export async function createFirstAdmin(
  ctx: Ctx,
  raw: CreateFirstAdminInput,
): Promise<{ id: string }> {
  const { password, ...input } = CreateFirstAdminInput.parse(raw);
  const passwordHash = await hashPassword(password);
  const id = newId();
  await transact(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('portolan.first_admin'))`;
    if (await tx.user.findFirst({ select: { id: true } })) {
      throw precondition('This portal has been set up already. Sign in.');
    }
    const platformRoles = ['platform_admin'];
    await tx.user.create({ data: { id, ...input, passwordHash, platformRoles } });
    const detail = { email: input.email, platformRoles, isFirst: true };
    await personChanged(tx, ctx, id, 'person.create', detail);
  });
  return { id };
}
