import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, invalid, now, transact } from '@/lib/core';
import { peopleFor } from '@/lib/domains';
import { addEvent, hrefOfViolation } from './events';
import { openViolation, placeOf, userIdOf } from './scope';

export const AssignViolationInput = z.object({
  violationId: z.string().min(1).max(100),
  /** The revision that the person saw. */
  rev: z.int32().min(1),
  /** Whom; empty for nobody. */
  email: z.string().trim().toLowerCase().max(200),
});
export type AssignViolationInput = z.input<typeof AssignViolationInput>;

/**
 * Gives a violation to somebody who works there, who is told.
 * @throws AppError forbidden | not_found | invalid (not somebody who may) | conflict (it changed meanwhile)
 */
export async function assignViolation(ctx: Ctx, raw: AssignViolationInput): Promise<void> {
  const { violationId, rev, email } = AssignViolationInput.parse(raw);
  await transact(async (tx) => {
    const violation = await openViolation(tx, ctx, violationId);
    const people = email
      ? await peopleFor({
          domainId: violation.domainId,
          ownerId: violation.product?.ownerId ?? null,
        })
      : [];
    const person = people.find((one) => one.email === email);
    if (email && !person) {
      const message = `${email} can see nothing of this. Choose the owner, somebody of the domain, or a steward.`;
      throw invalid(message, { email: message });
    }
    const { count } = await tx.violation.updateMany({
      where: { id: violationId, rev, status: { not: 'resolved' } },
      data: { assigneeId: person?.id ?? null, rev: { increment: 1 } },
    });
    if (count === 0) throw conflict('The violation changed meanwhile. Reload the page.');
    const actorId = userIdOf(ctx);
    const note = person ? `Given to ${person.email}.` : 'Given to nobody.';
    await addEvent(tx, { violationId, kind: 'assigned', actorId, note, at: now() });
    audit(tx, ctx, {
      action: 'violation.assign',
      target: { type: 'violation', id: violationId },
      ...placeOf(violation),
      detail: {
        rule: violation.rule,
        before: { assigneeId: violation.assigneeId },
        after: { assigneeId: person?.id ?? null },
      },
    });
    if (!person || person.id === actorId) return;
    await raiseAlert(tx, {
      kind: 'violation.assigned',
      level: violation.level === 'error' ? 'error' : 'warning',
      title: `For you: ${violation.title}`,
      body: violation.message,
      href: hrefOfViolation(violationId),
      to: { userIds: [person.id] },
      ...placeOf(violation),
      dedupeKey: `violation.assigned:${violationId}:${rev}`,
      data: { violation: violationId, rule: violation.rule },
    });
  });
}
