import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, now, transact } from '@/lib/core';
import { addEvent } from './events';
import { openViolation, placeOf, userIdOf } from './scope';

export const AcknowledgeViolationInput = z.object({
  violationId: z.string().min(1).max(100),
  note: z.string().trim().max(1000, 'Use at most 1,000 characters').default(''),
});
export type AcknowledgeViolationInput = z.input<typeof AcknowledgeViolationInput>;

/**
 * Somebody has seen it and sees to it: it is not told to higher people any more.
 * @throws AppError forbidden | not_found | conflict (acknowledged or over meanwhile)
 */
export async function acknowledgeViolation(
  ctx: Ctx,
  raw: AcknowledgeViolationInput,
): Promise<void> {
  const { violationId, note } = AcknowledgeViolationInput.parse(raw);
  await transact(async (tx) => {
    const violation = await openViolation(tx, ctx, violationId);
    const me = userIdOf(ctx);
    const { count } = await tx.violation.updateMany({
      where: { id: violationId, status: 'open' },
      data: {
        status: 'acknowledged',
        rev: { increment: 1 },
        ...(violation.assigneeId === null && me && { assigneeId: me }),
      },
    });
    if (count === 0) throw conflict('Somebody has acknowledged it already. Reload the page.');
    const event = { violationId, kind: 'acknowledged', actorId: me, note, at: now() } as const;
    await addEvent(tx, event);
    audit(tx, ctx, {
      action: 'violation.acknowledge',
      target: { type: 'violation', id: violationId },
      ...placeOf(violation),
      detail: {
        rule: violation.rule,
        note,
        before: { status: 'open' },
        after: { status: 'acknowledged' },
      },
    });
  });
}
