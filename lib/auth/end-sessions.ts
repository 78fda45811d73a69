import { z } from 'zod';
import { type Ctx, requireCan, transact } from '@/lib/core';
import { forgetPerson } from './actors';
import { lockPerson, personChanged } from './people';
import { requireInPerson } from './require-session';

export const EndSessionsInput = z.object({
  /** Oneself when left out; somebody else's need a platform admin. */
  userId: z.string().max(64).optional(),
});
export type EndSessionsInput = z.input<typeof EndSessionsInput>;

/** Signs the person out everywhere, at once. API tokens go on. */
export async function endSessions(ctx: Ctx, raw: EndSessionsInput = {}): Promise<void> {
  const input = EndSessionsInput.parse(raw);
  const isOther = input.userId && !(ctx.actor.type === 'user' && ctx.actor.id === input.userId);
  if (isOther) requireCan(ctx, 'people.manage');
  const userId = isOther ? input.userId! : requireInPerson(ctx).id;
  await transact(async (tx) => {
    await lockPerson(tx, userId);
    await tx.user.update({ where: { id: userId }, data: { sessionEpoch: { increment: 1 } } });
    await personChanged(tx, ctx, userId, 'session.end_all');
  });
  forgetPerson(userId);
}
