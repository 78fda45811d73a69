import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { requireInPerson } from '@/lib/auth';
import {
  type Ctx,
  conflict,
  db,
  forbidden,
  notFound,
  notify,
  now,
  requireCan,
  systemCtx,
  type Tx,
  transact,
} from '@/lib/core';

const HOUR_MS = 3_600_000;
const elevationId = z.string().min(1).max(100);

export const DecideElevationInput = z.object({
  elevationId,
  decision: z.enum(['approve', 'refuse']),
  note: z.string().trim().max(500).default(''),
});
export type DecideElevationInput = z.input<typeof DecideElevationInput>;

/**
 * Gives the role from now on for the hours that were asked for, or refuses it. Nobody decides on their own, or on that of who gave them
 * theirs.
 * @throws AppError forbidden | not_found | conflict
 */
export async function decideElevation(ctx: Ctx, raw: DecideElevationInput): Promise<void> {
  const input = DecideElevationInput.parse(raw);
  const me = requireInPerson(ctx);
  await transact(async (tx) => {
    const asked = await tx.elevation.findUnique({ where: { id: input.elevationId } });
    if (!asked) throw notFound('This request');
    const { id, userId, role, domainId, hours } = asked;
    // A role of the whole organisation is given by who holds it for the whole organisation.
    if (domainId) requireCan(ctx, 'elevation.decide', { domainId });
    else if (!me.platformRoles.includes('platform_admin')) {
      throw forbidden('A platform administrator decides on this.');
    }
    if (userId === me.id)
      throw forbidden('You asked for this yourself. Somebody else decides on it.');
    const isGiven = input.decision === 'approve';
    if (isGiven) await refuseReturn(tx, me.id, userId);
    const endsAt = isGiven ? new Date(now().getTime() + hours * HOUR_MS) : null;
    const { count } = await tx.elevation.updateMany({
      where: { id, status: 'requested' },
      data: {
        ...{ status: isGiven ? 'active' : 'refused', endsAt },
        ...{ decidedById: me.id, decidedAt: now() },
      },
    });
    if (count === 0) throw conflict('This request is decided already. Reload the page.');
    const place = domainId ? { domainId } : {};
    audit(tx, ctx, {
      action: `elevation.${input.decision}`,
      target: { type: 'elevation', id },
      ...place,
      detail: { role, userId, note: input.note, endsAt: endsAt?.toISOString() ?? null },
    });
    await raiseAlert(tx, {
      kind: 'elevation.decided',
      level: isGiven ? 'info' : 'warning',
      title: isGiven
        ? `You are ${role} until ${endsAt?.toISOString().slice(0, 16).replace('T', ' ')} UTC`
        : `Your request to be ${role} was refused`,
      body: input.note,
      href: '/access/elevation',
      to: { userIds: [userId] },
      ...place,
    });
    await notify(tx, 'portolan_access', userId);
  });
}

/** Two people do not keep each other in a role: whoever gave it to the decider gets none from them. */
async function refuseReturn(tx: Tx, deciderId: string, userId: string): Promise<void> {
  const owed = await tx.elevation.count({
    where: { userId: deciderId, decidedById: userId, status: 'active', endsAt: { gt: now() } },
  });
  if (owed === 0) return;
  throw forbidden('You hold a role by their decision. Somebody else decides on theirs.');
}

export const EndElevationInput = z.object({ elevationId });
export type EndElevationInput = z.input<typeof EndElevationInput>;

/** Gives a role back before its time, or takes it away. @throws AppError forbidden | not_found | conflict */
export async function endElevation(ctx: Ctx, raw: EndElevationInput): Promise<void> {
  const input = EndElevationInput.parse(raw);
  const me = requireInPerson(ctx);
  const held = await db().elevation.findUnique({ where: { id: input.elevationId } });
  if (!held) throw notFound('This role');
  if (held.userId !== me.id) {
    requireCan(ctx, 'elevation.decide', held.domainId ? { domainId: held.domainId } : {});
  }
  if (!(await end(ctx, held))) throw conflict('This role is over already. Reload the page.');
}

interface HeldRole {
  id: string;
  userId: string;
  role: string;
  domainId: string | null;
}

function end(ctx: Ctx, { id, userId, role, domainId }: HeldRole): Promise<boolean> {
  return transact(async (tx) => {
    const { count } = await tx.elevation.updateMany({
      where: { id, status: 'active' },
      data: { status: 'ended', endsAt: now() },
    });
    if (count === 0) return false;
    audit(tx, ctx, {
      action: 'elevation.end',
      target: { type: 'elevation', id },
      ...(domainId && { domainId }),
      detail: { role, userId },
    });
    await notify(tx, 'portolan_access', userId);
    return true;
  });
}

/** Writes down that roles ended by themselves. Nobody holds one past its time, whether this ran or not. */
export async function endElevations(): Promise<number> {
  const over = await db().elevation.findMany({
    where: { status: 'active', endsAt: { lte: now() } },
    take: 200,
  });
  for (const one of over) await end(systemCtx('access'), one);
  return over.length;
}
