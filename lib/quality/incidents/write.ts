import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, now, transact } from '@/lib/core';
import { addIncidentEvent } from './events';
import { changeIncident, openIncident, placeOf, userIdOf } from './scope';

const text = z
  .string()
  .trim()
  .min(3, 'Write at least three letters')
  .max(1000, 'Use at most 1,000 characters');

export const CommentIncidentInput = z.object({
  incidentId: z.string().min(1).max(100),
  note: text,
});
export type CommentIncidentInput = z.input<typeof CommentIncidentInput>;

/** Writes into an incident's history. @throws AppError forbidden | not_found | conflict when it is over */
export async function commentIncident(ctx: Ctx, raw: CommentIncidentInput): Promise<void> {
  const { incidentId, note } = CommentIncidentInput.parse(raw);
  const incident = await openIncident(ctx, incidentId);
  await transact(async (tx) => {
    const actorId = userIdOf(ctx);
    await addIncidentEvent(tx, { incidentId, kind: 'comment', actorId, note, at: now() });
    audit(tx, ctx, {
      action: 'quality.incident.comment',
      target: { type: 'quality_incident', id: incidentId },
      ...placeOf(incident),
    });
  });
}

export const RootCauseInput = z.object({
  incidentId: z.string().min(1).max(100),
  rev: z.int32().min(1),
  rootCause: text,
});
export type RootCauseInput = z.input<typeof RootCauseInput>;

/** Says why the rule fails. @throws AppError forbidden | not_found | conflict */
export async function setRootCause(ctx: Ctx, raw: RootCauseInput): Promise<void> {
  const { incidentId, rev, rootCause } = RootCauseInput.parse(raw);
  const incident = await openIncident(ctx, incidentId);
  await transact(async (tx) => {
    await changeIncident(tx, { id: incidentId, rev }, { rootCause });
    await addIncidentEvent(tx, {
      incidentId,
      kind: 'root_cause',
      actorId: userIdOf(ctx),
      note: rootCause,
      at: now(),
    });
    audit(tx, ctx, {
      action: 'quality.incident.root_cause',
      target: { type: 'quality_incident', id: incidentId },
      ...placeOf(incident),
      detail: { rootCause },
    });
  });
}
