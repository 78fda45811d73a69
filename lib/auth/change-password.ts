import { z } from 'zod';
import { type Ctx, db, invalid, notFound, requireCan, transact } from '@/lib/core';
import { forgetPerson } from './actors';
import { checkPassword, hashPassword, Password } from './password';
import { lockPerson, personChanged } from './people';
import { requireInPerson } from './require-session';
import { countAttempt, forgetAttempts } from './throttle';

export const ChangePasswordInput = z.object({ current: z.string().max(1000), next: Password });
export type ChangePasswordInput = z.input<typeof ChangePasswordInput>;
export const ResetPasswordInput = z.object({ userId: z.string().max(64), password: Password });
export type ResetPasswordInput = z.input<typeof ResetPasswordInput>;

/** Stores the password and ends every session the person has. */
async function store(ctx: Ctx, userId: string, passwordHash: string, action: string) {
  await transact(async (tx) => {
    await lockPerson(tx, userId);
    await tx.user.update({
      where: { id: userId },
      data: { passwordHash, sessionEpoch: { increment: 1 } },
    });
    await personChanged(tx, ctx, userId, action);
  });
  forgetPerson(userId);
}

/**
 * One's own password; every session ends, the caller's too.
 * @throws AppError invalid when the current password is wrong; rate_limited.
 */
export async function changePassword(ctx: Ctx, raw: ChangePasswordInput): Promise<void> {
  const { current, next } = ChangePasswordInput.parse(raw);
  const actor = requireInPerson(ctx);
  await countAttempt(actor.email, ctx.ip);
  const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: actor.id } });
  if (passwordHash === null) {
    throw invalid('You sign in through your identity provider: there is no password to change.');
  }
  if (!(await checkPassword(passwordHash, current))) {
    throw invalid('The current password is not right.', { current: 'This is not your password.' });
  }
  await forgetAttempts(actor.email, ctx.ip);
  await store(ctx, actor.id, await hashPassword(next), 'person.password.change');
}

/** A platform admin gives somebody a new password, for instance because it was forgotten. */
export async function resetPassword(ctx: Ctx, raw: ResetPasswordInput): Promise<void> {
  const { userId, password } = ResetPasswordInput.parse(raw);
  requireCan(ctx, 'people.manage');
  const found = await db().user.findUnique({ where: { id: userId }, select: { id: true } });
  if (!found) throw notFound('This person');
  await store(ctx, userId, await hashPassword(password), 'person.password.reset');
}
