import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { requireInPerson } from '@/lib/auth';
import { type Ctx, invalid, newId, now, type Tx, transact } from '@/lib/core';

export const RequestElevationInput = z.object({
  role: z.enum(['data_admin', 'steward', 'platform_admin']),
  /** Of `data_admin`: of which domain. */
  domainId: z.string().min(1).max(100).optional(),
  reason: z.string().trim().min(10, 'Say what you have to do, in at least ten letters').max(500),
  hours: z.int().min(1, 'Ask for at least an hour').max(12, 'Ask for at most twelve hours'),
});
export type RequestElevationInput = z.input<typeof RequestElevationInput>;

/**
 * Asks for a role for some hours instead of holding it for ever; somebody who may give it decides.
 * @throws AppError invalid (no member of the domain, the role is held already, one is asked for already)
 */
export async function requestElevation(
  ctx: Ctx,
  raw: RequestElevationInput,
): Promise<{ elevationId: string }> {
  const input = RequestElevationInput.parse(raw);
  const me = requireInPerson(ctx);
  const { role, reason, hours } = input;
  const domainId = role === 'data_admin' ? (input.domainId ?? null) : null;
  const refuse = (field: string, message: string) => invalid(message, { [field]: message });
  const membership = me.memberships.find((one) => one.domainId === domainId);
  if (role === 'data_admin' && !membership) {
    throw refuse('domainId', 'Choose a domain that you are a member of.');
  }
  const isHeld =
    role === 'data_admin' ? membership?.role === role : me.platformRoles.includes(role);
  if (isHeld) throw refuse('role', 'You hold this role already.');
  return transact(async (tx) => {
    await tx.$queryRaw`select 1 from "user" where id = ${me.id} for update`;
    const open = { userId: me.id, role, domainId, status: 'requested' };
    if ((await tx.elevation.count({ where: open })) > 0) {
      throw refuse('role', 'You have asked for this role already. Wait for the decision.');
    }
    const id = newId();
    await tx.elevation.create({ data: { ...open, id, reason, hours, createdAt: now() } });
    audit(tx, ctx, {
      action: 'elevation.request',
      target: { type: 'elevation', id },
      ...(domainId && { domainId }),
      detail: { role, reason, hours },
    });
    await tellDeciders(tx, {
      id,
      domainId,
      text: `${me.name} asks for ${role} for ${hours} hours`,
      reason,
    });
    return { elevationId: id };
  });
}

function tellDeciders(
  tx: Tx,
  asked: { id: string; domainId: string | null; text: string; reason: string },
): Promise<void> {
  const { id, domainId, text, reason } = asked;
  return raiseAlert(tx, {
    kind: 'elevation.requested',
    level: 'warning',
    title: text,
    body: reason,
    href: '/access/elevation',
    to: { platformAdmins: true, ...(domainId && { adminsOfDomains: [domainId] }) },
    ...(domainId && { domainId }),
    dedupeKey: `elevation.requested:${id}`,
  });
}
