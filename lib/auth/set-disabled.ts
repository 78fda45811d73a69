import { z } from 'zod';
import { changed } from '@/lib/audit';
import { type Ctx, now, precondition, requireCan, transact } from '@/lib/core';
import { forgetPerson } from './actors';
import { lockAdmins, lockPerson, personChanged, requireAnAdmin } from './people';

export const SetDisabledInput = z.object({ userId: z.string().max(64), isDisabled: z.boolean() });
export type SetDisabledInput = z.input<typeof SetDisabledInput>;

/**
 * Locks a person out (sessions and API tokens stop at once, nothing of theirs is removed) or lets
 * them in again; the sessions they had stay ended.
 * @throws AppError precondition for oneself or the last platform admin.
 */
export async function setDisabled(ctx: Ctx, raw: SetDisabledInput): Promise<void> {
  const { userId, isDisabled } = SetDisabledInput.parse(raw);
  requireCan(ctx, 'people.manage');
  if (isDisabled && ctx.actor.type === 'user' && ctx.actor.id === userId) {
    throw precondition('You cannot disable yourself. Ask another platform admin.');
  }
  await transact(async (tx) => {
    await lockAdmins(tx);
    const { email, disabledAt } = await lockPerson(tx, userId);
    await tx.user.update({
      where: { id: userId },
      data: { disabledAt: isDisabled ? now() : null, sessionEpoch: { increment: 1 } },
    });
    await requireAnAdmin(tx);
    const detail = {
      subject: email,
      ...changed({ isDisabled: disabledAt !== null }, { isDisabled }),
    };
    await personChanged(tx, ctx, userId, isDisabled ? 'person.disable' : 'person.enable', detail);
  });
  forgetPerson(userId);
}
