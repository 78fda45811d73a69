import { requireInPerson } from '@/lib/auth';
import { type Ctx, can, db } from '@/lib/core';

export interface ElevationRow {
  id: string;
  person: { email: string; name: string };
  role: string;
  domain: string | null;
  reason: string;
  hours: number;
  status: string;
  createdAt: string;
  endsAt: string | null;
  isMine: boolean;
  canDecide: boolean;
}
const MAX_LISTED = 100;

/** Roles for some hours: the actor's own, and those that the actor may decide on; newest first. */
export async function listElevations(ctx: Ctx): Promise<ElevationRow[]> {
  const me = requireInPerson(ctx);
  const isAdmin = me.platformRoles.includes('platform_admin');
  const administered = me.memberships
    .map(({ domainId }) => domainId)
    .filter((domainId) => can(ctx, 'elevation.decide', { domainId }));
  const rows = await db().elevation.findMany({
    where: isAdmin ? {} : { OR: [{ userId: me.id }, { domainId: { in: administered } }] },
    orderBy: { createdAt: 'desc' },
    take: MAX_LISTED,
    include: {
      user: { select: { email: true, name: true } },
      domain: { select: { name: true } },
    },
  });
  return rows.map((row) => {
    const isMine = row.userId === me.id;
    const mayGive = row.domainId ? isAdmin || administered.includes(row.domainId) : isAdmin;
    const { id, role, reason, hours, status } = row;
    return {
      ...{ id, role, reason, hours, status, isMine, person: row.user },
      domain: row.domain?.name ?? null,
      createdAt: row.createdAt.toISOString(),
      endsAt: row.endsAt?.toISOString() ?? null,
      canDecide: mayGive && !isMine && status === 'requested',
    };
  });
}
