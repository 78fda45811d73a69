import { newId, notify, now, type Tx } from '@/lib/core';
import type { Alert, Recipients } from './alert';

/**
 * Tells people, in the caller's transaction: the alert exists when the change does. Disabled accounts are
 * left out; whoever is named twice is told once.
 */
export async function raiseAlert(tx: Tx, alert: Alert): Promise<void> {
  const userIds = await recipientsOf(tx, alert.to);
  if (userIds.length > 0) {
    const { kind, level, title, body = '', href, dedupeKey } = alert;
    await tx.notification.createMany({
      data: userIds.map((userId) => ({
        id: newId(),
        userId,
        kind,
        level,
        title,
        body,
        href: href ?? null,
        dedupeKey: dedupeKey ?? null,
        createdAt: now(),
      })),
      skipDuplicates: true,
    });
  }
  await notify(tx, 'portolan_alert', alert.kind);
}

async function recipientsOf(tx: Tx, to: Recipients): Promise<string[]> {
  const roles = [
    ...(to.stewards ? ['steward'] : []),
    ...(to.platformAdmins ? ['platform_admin'] : []),
  ];
  const users = await tx.user.findMany({
    where: {
      disabledAt: null,
      OR: [
        { id: { in: to.userIds ?? [] } },
        { platformRoles: { hasSome: roles } },
        {
          memberships: {
            some: { role: 'data_admin', domainId: { in: to.adminsOfDomains ?? [] } },
          },
        },
      ],
    },
    select: { id: true },
  });
  return users.map((user) => user.id);
}
