import { audit, changed } from '@/lib/audit';
import { type Ctx, log, type Tx } from '@/lib/core';
import type { GroupRoles } from './oidc-groups';

interface SyncedUser {
  id: string;
  platformRoles: string[];
  oidcRoles: string[];
}

const same = (left: string[], right: string[]) =>
  left.length === right.length && left.every((item) => right.includes(item));

async function syncPlatformRoles(tx: Tx, ctx: Ctx, user: SyncedUser, wanted: string[]) {
  const byHand = user.platformRoles.filter((role) => !user.oidcRoles.includes(role));
  const oidcRoles = wanted.filter((role) => !byHand.includes(role));
  const platformRoles = [...byHand, ...oidcRoles];
  if (same(platformRoles, user.platformRoles) && same(oidcRoles, user.oidcRoles)) return;
  await tx.user.update({ where: { id: user.id }, data: { platformRoles, oidcRoles } });
  audit(tx, ctx, {
    action: 'person.roles',
    target: { type: 'user', id: user.id },
    detail: {
      source: 'oidc',
      ...changed({ platformRoles: user.platformRoles }, { platformRoles }),
    },
  });
}

async function syncDomainRoles(tx: Tx, ctx: Ctx, userId: string, wanted: Map<string, string>) {
  const domains = await tx.domain.findMany({ where: { name: { in: [...wanted.keys()] } } });
  const known = new Set(domains.map((domain) => domain.name));
  for (const name of wanted.keys()) {
    if (!known.has(name)) log().warn({ domain: name }, 'OIDC_GROUP_ROLES names an unknown domain');
  }
  const held = await tx.membership.findMany({ where: { userId } });
  const note = (domainId: string, before: string | undefined, role: string | null) =>
    audit(tx, ctx, {
      action: role ? 'domain.member.set' : 'domain.member.remove',
      target: { type: 'user', id: userId },
      domainId,
      detail: {
        source: 'oidc',
        ...changed(before ? { role: before } : null, role ? { role } : null),
      },
    });
  for (const membership of held.filter((row) => row.source === 'oidc')) {
    const { domainId } = membership;
    if (domains.some((domain) => domain.id === domainId)) continue;
    await tx.membership.delete({ where: { domainId_userId: { domainId, userId } } });
    note(domainId, membership.role, null);
  }
  for (const domain of domains) {
    const role = wanted.get(domain.name)!;
    const domainId = domain.id;
    const current = held.find((row) => row.domainId === domainId);
    // A role that was given in the portal stays with the portal.
    if (current && (current.source === 'portal' || current.role === role)) continue;
    await tx.membership.upsert({
      where: { domainId_userId: { domainId, userId } },
      create: { domainId, userId, role, source: 'oidc' },
      update: { role },
    });
    note(domainId, current?.role, role);
  }
}

/** Makes the roles that came from the identity provider what its groups say now. */
export async function syncOidcRoles(
  tx: Tx,
  ctx: Ctx,
  user: SyncedUser,
  roles: GroupRoles,
): Promise<void> {
  await syncPlatformRoles(tx, ctx, user, roles.platformRoles);
  await syncDomainRoles(tx, ctx, user.id, roles.domainRoles);
}
