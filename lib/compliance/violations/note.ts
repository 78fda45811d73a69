import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, now, transact } from '@/lib/core';
import { addEvent } from './events';
import { openViolation, placeOf, userIdOf } from './scope';

export const NoteViolationInput = z.object({
  violationId: z.string().min(1).max(100),
  note: z
    .string()
    .trim()
    .min(3, 'Write at least three letters')
    .max(1000, 'Use at most 1,000 characters'),
});
export type NoteViolationInput = z.input<typeof NoteViolationInput>;

/** Writes a note into a violation's history. @throws AppError forbidden | not_found | conflict when it is over */
export async function noteViolation(ctx: Ctx, raw: NoteViolationInput): Promise<void> {
  const { violationId, note } = NoteViolationInput.parse(raw);
  await transact(async (tx) => {
    const violation = await openViolation(tx, ctx, violationId);
    await addEvent(tx, { violationId, kind: 'note', actorId: userIdOf(ctx), note, at: now() });
    audit(tx, ctx, {
      action: 'violation.note',
      target: { type: 'violation', id: violationId },
      ...placeOf(violation),
      detail: { rule: violation.rule, note },
    });
  });
}
