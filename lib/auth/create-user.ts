import { z } from 'zod';
import { type Ctx, newId, requireCan, sqlState, transact } from '@/lib/core';
import { Email, PersonName, PlatformRoles } from './inputs';
import { hashPassword, Password } from './password';
import { emailTaken, personChanged } from './people';

export const CreateUserInput = z.object({
  email: Email,
  name: PersonName,
  /** Left out for somebody who signs in through the identity provider only. */
  password: Password.optional(),
  platformRoles: PlatformRoles.default([]),
  /** Demo people are marked, wherever they are shown. */
  isSynthetic: z.boolean().default(false),
});
export type CreateUserInput = z.input<typeof CreateUserInput>;

/** @throws AppError conflict when the address is taken. */
export async function createUser(ctx: Ctx, raw: CreateUserInput): Promise<{ id: string }> {
  requireCan(ctx, 'people.manage');
  const { password, ...input } = CreateUserInput.parse(raw);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const id = newId();
  try {
    await transact(async (tx) => {
      await tx.user.create({ data: { id, ...input, passwordHash } });
      const { email, platformRoles } = input;
      await personChanged(tx, ctx, id, 'person.create', { email, platformRoles });
    });
  } catch (error) {
    if (sqlState(error) === '23505') throw emailTaken(input.email);
    throw error;
  }
  return { id };
}
