import { DOMAIN_ROLES, type DomainRole, db, newId, type UserActor } from '@/lib/core';
import { type Decision, decide, type EffectivePolicy, effectivePolicy } from '@/lib/governance';
import type { DriverProduct, DriverServices } from '@/lib/platform';
import type { Suites } from '@/lib/provisioning';
import { runQuality } from '@/lib/quality';
import { suites } from '@/lib/release';

/**
 * Reads the access controls back: the owner, somebody without a role, and each role of the domain are
 * put to the decision point, and compared with what the policies in force say in writing.
 */
async function readBackAccess(product: DriverProduct) {
  const policy = await effectivePolicy(product.domain);
  const ask = (actor: UserActor): Promise<Decision> =>
    decide(
      { actor, requestId: newId(), via: 'system' },
      {
        action: 'read',
        product: { ...product, status: 'production' },
        context: { purpose: 'check of the access controls' },
      },
    );
  /** Conditions (hours, networks, purposes) may close what is open in writing; a steward's Cedar may do both. */
  const compare = (who: string, isOpen: boolean, { allow }: Decision) => {
    const isConditional = policy.cedar.length > 0 || (policy.conditions.length > 0 && isOpen);
    return { who, expected: word(isConditional ? allow : isOpen), got: word(allow) };
  };
  const owner = await db().user.findUniqueOrThrow({ where: { id: product.ownerId } });
  const answers = [compare(`the owner ${owner.email}`, true, await ask(actorOf(owner)))];
  const teams = await db().grant.findMany({
    where: { productId: product.id, teamId: { not: null }, revokedAt: null },
    select: { teamId: true },
  });
  const other = await db().user.findFirst({
    where: {
      id: { not: owner.id },
      disabledAt: null,
      grants: { none: { productId: product.id, revokedAt: null } },
      memberships: { none: { domainId: { in: teams.flatMap((one) => one.teamId ?? []) } } },
    },
  });
  if (!other) return answers;
  for (const role of [null, ...DOMAIN_ROLES]) {
    const { domainId, domain } = product;
    const actor = actorOf(other, role ? [{ domainId, domain, role }] : []);
    const who = role ? `a ${role} of ${domain}` : 'somebody without a role or grant';
    answers.push(compare(who, isWritten(policy, product.classification, role), await ask(actor)));
  }
  return answers;
}

const word = (isAllowed: boolean) => (isAllowed ? 'allow' : 'deny');

function actorOf(
  user: { id: string; email: string; name: string },
  memberships: UserActor['memberships'] = [],
): UserActor {
  const { id, email, name } = user;
  return { type: 'user', id, email, name, platformRoles: [], memberships };
}

/**
 * What the access_control documents say; without a role, only public data is open, and in a domain with strict
 * roles nothing is.
 */
function isWritten(policy: EffectivePolicy, classification: string, role: DomainRole | null) {
  const opens = (held: DomainRole) => {
    const rule = policy.access[held]?.value;
    const levels: readonly string[] = rule?.dataAccess ?? [];
    return (rule?.permissions.includes('read') ?? false) && levels.includes(classification);
  };
  const isStrict = policy.accessMode?.value === 'strict_role_based';
  if (isStrict && role === null) return false;
  const isPublic = classification === 'public' && opens('data_consumer');
  return isPublic || (role !== null && opens(role));
}

export const driverServices: DriverServices & { suites: Suites } = {
  suites,
  checkQuality: (productId, snapshotId) => runQuality(productId, snapshotId),
  readBackAccess,
};
