import { type Alert, raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { newId, systemCtx, type Tx } from '@/lib/core';

type EventKind =
  | 'opened'
  | 'assigned'
  | 'acknowledged'
  | 'escalated'
  | 'resolved'
  | 'reopened'
  | 'note';

/** One line of a violation's history. */
export async function addEvent(
  tx: Tx,
  event: { violationId: string; kind: EventKind; at: Date; actorId?: string | null; note?: string },
): Promise<void> {
  const { actorId = null, note = '', ...rest } = event;
  await tx.violationEvent.create({
    data: { id: newId(), ...rest, actorId, note: note.slice(0, 2000) },
  });
}

/** What an alert says of a violation. */
export interface Told {
  id: string;
  rule: string;
  rev: number;
  title: string;
  product: { id: string; domainId: string; ownerId: string } | null;
}

export const hrefOfViolation = (id: string) => `/governance/violations/${id}`;

/** The owner and the data admins of the domain are told of each; stewards get a summary of the run. */
export function tellOpened(
  violation: Told & { level: string; message: string },
  kind: 'opened' | 'reopened',
): Alert {
  const { id, rule, rev, title, level, message, product } = violation;
  return {
    kind: 'violation.opened',
    level: level === 'error' ? 'error' : 'warning',
    title: kind === 'opened' ? title : `${title} (again)`,
    body: message,
    href: hrefOfViolation(id),
    to: product
      ? { userIds: [product.ownerId], adminsOfDomains: [product.domainId] }
      : { stewards: true },
    ...(product && { productId: product.id, domainId: product.domainId }),
    dedupeKey: `violation.opened:${id}:${rev}`,
    data: { violation: id, rule },
  };
}

/** Ends a violation, whichever worker gets there first. @returns whether this call did it */
export async function resolve(
  tx: Tx,
  violation: Told & { assigneeId: string | null },
  how: 'fixed' | 'waived' | 'dismissed',
  note: string,
  at: Date,
): Promise<boolean> {
  const { id, rule, rev, title, product, assigneeId } = violation;
  const { count } = await tx.violation.updateMany({
    where: { id, status: { not: 'resolved' } },
    data: { status: 'resolved', resolution: how, resolvedAt: at, rev: { increment: 1 } },
  });
  if (count === 0) return false;
  const place = product ? { productId: product.id, domainId: product.domainId } : {};
  await addEvent(tx, { violationId: id, kind: 'resolved', note, at });
  audit(tx, systemCtx('monitor'), {
    action: 'violation.resolve',
    target: { type: 'violation', id },
    ...place,
    detail: { rule, how, note },
  });
  await raiseAlert(tx, {
    kind: 'violation.resolved',
    level: 'info',
    title: `Over: ${title}`,
    body: note,
    href: hrefOfViolation(id),
    to: { userIds: [assigneeId ?? [], product?.ownerId ?? []].flat() },
    ...place,
    dedupeKey: `violation.resolved:${id}:${rev}`,
    data: { violation: id, rule, how },
  });
  return true;
}
