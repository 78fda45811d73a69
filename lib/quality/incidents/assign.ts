import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { type Ctx, invalid, now, transact } from '@/lib/core';
import { peopleFor } from '@/lib/domains';
import { addIncidentEvent, hrefOfIncident } from './events';
import { addressOf, changeIncident, openIncident, placeOf, userIdOf } from './scope';

export const AssignIncidentInput = z.object({
  incidentId: z.string().min(1).max(100),
  /** The revision that the person saw. */
  rev: z.int32().min(1),
  /** Whom; empty for nobody. */
  email: z.string().trim().toLowerCase().max(200),
});
export type AssignIncidentInput = z.input<typeof AssignIncidentInput>;

/**
 * Gives an incident to somebody who works there, who is told.
 * @throws AppError forbidden | not_found | invalid (not somebody who may) | conflict (it changed meanwhile)
 */
export async function assignIncident(ctx: Ctx, raw: AssignIncidentInput): Promise<void> {
  const { incidentId, rev, email } = AssignIncidentInput.parse(raw);
  const incident = await openIncident(ctx, incidentId);
  const { domainId, ownerId } = incident.product;
  const people = email ? await peopleFor({ domainId, ownerId }) : [];
  const person = people.find((one) => one.email === email);
  if (email && !person) {
    const message = `${email} does not work on this product. Choose its owner, somebody of the domain, or a steward.`;
    throw invalid(message, { email: message });
  }
  await transact(async (tx) => {
    await changeIncident(tx, { id: incidentId, rev }, { assigneeId: person?.id ?? null });
    const actorId = userIdOf(ctx);
    const note = person ? `Given to ${person.email}.` : 'Given to nobody.';
    await addIncidentEvent(tx, { incidentId, kind: 'assigned', actorId, note, at: now() });
    audit(tx, ctx, {
      action: 'quality.incident.assign',
      target: { type: 'quality_incident', id: incidentId },
      ...placeOf(incident),
      detail: {
        before: { assigneeId: incident.assigneeId },
        after: { assigneeId: person?.id ?? null },
      },
    });
    if (!person || person.id === actorId) return;
    await raiseAlert(tx, {
      kind: 'quality.assigned',
      level: incident.level === 'error' ? 'error' : 'warning',
      title: `For you: "${incident.ruleName}" fails in ${incident.product.title}`,
      href: hrefOfIncident(addressOf(incident), incidentId),
      to: { userIds: [person.id] },
      ...placeOf(incident),
      dedupeKey: `quality.assigned:${incidentId}:${rev}`,
      data: { incident: incidentId },
    });
  });
}
