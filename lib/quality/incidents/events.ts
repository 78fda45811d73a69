import { newId, type Tx } from '@/lib/core';

export type IncidentEventKind =
  | 'opened'
  | 'assigned'
  | 'comment'
  | 'root_cause'
  | 'remediation'
  | 'resolved';

/** One line of an incident's history. */
export async function addIncidentEvent(
  tx: Tx,
  event: {
    incidentId: string;
    kind: IncidentEventKind;
    at: Date;
    actorId?: string | null;
    note?: string;
  },
): Promise<void> {
  const { actorId = null, note = '', ...rest } = event;
  await tx.qualityIncidentEvent.create({
    data: { id: newId(), ...rest, actorId, note: note.slice(0, 2000) },
  });
}

export const hrefOfIncident = (address: string, id: string) =>
  `/products/${address}/quality/incidents/${id}`;
