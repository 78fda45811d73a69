import { DOMAIN_ROLES, type DomainRole, PLATFORM_ROLES, type PlatformRole } from '@/lib/core';

export interface GroupRoles {
  platformRoles: PlatformRole[];
  /** Domain slug → role. */
  domainRoles: Map<string, DomainRole>;
}

type Mapping = { group: string; platformRole: PlatformRole } | DomainMapping;
interface DomainMapping {
  group: string;
  domain: string;
  role: DomainRole;
}

const isPlatformRole = (text: string): text is PlatformRole =>
  PLATFORM_ROLES.some((role) => role === text);
const isDomainRole = (text: string): text is DomainRole =>
  DOMAIN_ROLES.some((role) => role === text);

function parseOne(pair: string): Mapping {
  // A group's name may hold '=' itself (cn=admins,… is out: commas separate pairs).
  const at = pair.lastIndexOf('=');
  const group = pair.slice(0, at).trim();
  const role = pair.slice(at + 1).trim();
  const [domain, domainRole, ...rest] = role.split(':');
  if (at > 0 && group) {
    if (isPlatformRole(role)) return { group, platformRole: role };
    if (domain && domainRole && isDomainRole(domainRole) && rest.length === 0) {
      return { group, domain, role: domainRole };
    }
  }
  throw new Error(
    `OIDC_GROUP_ROLES: "${pair}" is not group=role. A role is one of ${PLATFORM_ROLES.join(', ')}, or domain:role with ${DOMAIN_ROLES.join(', ')}, for example sales-eng=sales:data_producer.`,
  );
}

/** @throws Error naming the pair that is wrong. */
export function parseGroupRoles(text: string): Mapping[] {
  return text
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map(parseOne);
}

/** The roles that the groups give; the strongest wins where several give one in the same domain. */
export function rolesOfGroups(mappings: Mapping[], groups: readonly string[]): GroupRoles {
  const platformRoles = new Set<PlatformRole>();
  const domainRoles = new Map<string, DomainRole>();
  for (const mapping of mappings) {
    if (!groups.includes(mapping.group)) continue;
    if ('platformRole' in mapping) platformRoles.add(mapping.platformRole);
    else {
      const held = domainRoles.get(mapping.domain);
      const isStronger = !held || DOMAIN_ROLES.indexOf(mapping.role) > DOMAIN_ROLES.indexOf(held);
      if (isStronger) domainRoles.set(mapping.domain, mapping.role);
    }
  }
  return { platformRoles: [...platformRoles], domainRoles };
}

/** The group claim: a list, or one name. Anything else counts as no groups. */
export function groupsOfClaim(claim: unknown): string[] {
  if (typeof claim === 'string') return [claim];
  return Array.isArray(claim) ? claim.filter((group) => typeof group === 'string') : [];
}
