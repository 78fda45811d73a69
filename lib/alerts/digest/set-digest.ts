import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, now, transact } from '@/lib/core';
import { me } from '../inbox/me';
import { DIGESTS, leavesAt } from './when';

export const SetDigestInput = z.object({ every: z.enum(DIGESTS) });
export type SetDigestInput = z.input<typeof SetDigestInput>;

/** How often the person gets mail. What is held for the digest before leaves with the one after. */
export async function setDigest(ctx: Ctx, raw: SetDigestInput): Promise<void> {
  const userId = me(ctx);
  const { every } = SetDigestInput.parse(raw);
  await transact(async (tx) => {
    const before = await tx.alertDigest.findUnique({ where: { userId } });
    if (every === 'immediate') await tx.alertDigest.deleteMany({ where: { userId } });
    else {
      await tx.alertDigest.upsert({
        where: { userId },
        create: { userId, every },
        update: { every },
      });
    }
    await tx.alertDelivery.updateMany({
      where: { userId, status: 'held' },
      data: { nextAttemptAt: leavesAt(every, now()) },
    });
    audit(tx, ctx, {
      action: 'alert.digest',
      target: { type: 'user', id: userId },
      detail: changed({ every: before?.every ?? 'immediate' }, { every }),
    });
  });
}
