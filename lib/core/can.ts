import type { Ctx, DomainRole, PlatformRole, UserActor } from './ctx';
import { AppError, forbidden } from './errors';

/** What an API token may be limited to. `admin` covers every scope. */
export const TOKEN_SCOPES = [
  'catalog:read',
  'data:read',
  'products:write',
  'governance:read',
  'governance:write',
  'admin',
] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

interface Rule {
  /** Organisation-wide roles that hold the permission everywhere. */
  platform: PlatformRole[];
  /** Domain roles that hold it in their domain. */
  domain: DomainRole[];
  /** The owner of the thing holds it too. */
  owner?: true;
  scope: TokenScope;
}

/**
 * Who may use the portal's own functions, as one table. Access to data products' data is not here:
 * Cedar decides that (lib/governance).
 */
export const PERMISSIONS = {
  'catalog.read': {
    platform: ['platform_admin', 'steward'],
    domain: ['data_consumer', 'data_producer', 'data_admin'],
    scope: 'catalog:read',
  },
  'domain.create': { platform: ['platform_admin'], domain: [], scope: 'admin' },
  'domain.edit': { platform: ['platform_admin'], domain: ['data_admin'], scope: 'admin' },
  'domain.members': { platform: ['platform_admin'], domain: ['data_admin'], scope: 'admin' },
  'product.create': {
    platform: ['platform_admin'],
    domain: ['data_producer', 'data_admin'],
    scope: 'products:write',
  },
  'product.edit': {
    platform: ['platform_admin'],
    domain: ['data_admin'],
    owner: true,
    scope: 'products:write',
  },
  'product.operate': {
    platform: ['platform_admin'],
    domain: ['data_producer', 'data_admin'],
    owner: true,
    scope: 'products:write',
  },
  /** Runs with their log lines, which may quote what a file holds. */
  'run.read': {
    platform: ['platform_admin', 'steward'],
    domain: ['data_producer', 'data_admin'],
    owner: true,
    scope: 'catalog:read',
  },
  'product.retire': {
    platform: ['platform_admin'],
    domain: ['data_admin'],
    owner: true,
    scope: 'products:write',
  },
  /** Open the gate of a breaking change that not every consumer has acknowledged; end an old version early. */
  'contract.override': { platform: ['steward'], domain: ['data_admin'], scope: 'governance:write' },
  'grant.manage': {
    platform: [],
    domain: ['data_admin'],
    owner: true,
    scope: 'products:write',
  },
  /** Give somebody else a role for some hours. */
  'elevation.decide': { platform: ['platform_admin'], domain: ['data_admin'], scope: 'admin' },
  'audit.read': { platform: ['platform_admin', 'steward'], domain: [], scope: 'governance:read' },
  'policy.read': {
    platform: ['platform_admin', 'steward'],
    domain: ['data_consumer', 'data_producer', 'data_admin'],
    scope: 'governance:read',
  },
  'policy.edit': { platform: ['steward'], domain: [], scope: 'governance:write' },
  /** Write a draft; what puts it in force is decided by its scope and what it loosens. */
  'policy.draft': { platform: ['steward'], domain: ['data_admin'], scope: 'governance:write' },
  'policy.activate': { platform: ['steward'], domain: ['data_admin'], scope: 'governance:write' },
  /** Consent to values that loosen a global floor, and to anything about the global documents. */
  'policy.approve': { platform: ['steward'], domain: [], scope: 'governance:write' },
  'waiver.request': {
    platform: ['steward'],
    domain: ['data_producer', 'data_admin'],
    owner: true,
    scope: 'governance:write',
  },
  'waiver.decide': { platform: ['steward'], domain: [], scope: 'governance:write' },
  'compliance.read': {
    platform: ['platform_admin', 'steward'],
    domain: ['data_producer', 'data_admin'],
    owner: true,
    scope: 'governance:read',
  },
  'violation.manage': {
    platform: ['steward'],
    domain: ['data_admin'],
    owner: true,
    scope: 'governance:write',
  },
  'monitor.run': { platform: ['steward'], domain: [], scope: 'governance:write' },
  'retention.run': {
    platform: ['steward'],
    domain: ['data_admin'],
    owner: true,
    scope: 'governance:write',
  },
  /** Change rules and see to incidents: assign, comment, mend the rows, roll back. */
  'quality.manage': {
    platform: [],
    domain: ['data_producer', 'data_admin'],
    owner: true,
    scope: 'products:write',
  },
  'hold.manage': { platform: ['steward'], domain: [], scope: 'governance:write' },
  'privacy.manage': { platform: ['steward'], domain: [], scope: 'governance:write' },
  'alert.manage': { platform: ['platform_admin', 'steward'], domain: [], scope: 'admin' },
  /** Speak for a product: answer reviews and questions, announce, close questions. */
  'community.represent': {
    platform: [],
    domain: ['data_admin'],
    owner: true,
    scope: 'products:write',
  },
  /** Decide reports: hide what people wrote, or let it stand. */
  'community.moderate': { platform: ['steward'], domain: [], scope: 'governance:write' },
  /** Have figures of use counted again from their events. */
  'insight.recount': { platform: ['platform_admin'], domain: [], scope: 'admin' },
  /** Say what a metric of the mesh, or of the domain, should come to. */
  'insight.target': {
    platform: ['platform_admin', 'steward'],
    domain: ['data_admin'],
    scope: 'governance:write',
  },
  /** The survey, what people wrote in it, and whether figures may be shared. */
  'insight.manage': {
    platform: ['platform_admin', 'steward'],
    domain: [],
    scope: 'governance:write',
  },
  /** Say what a unit of the platform costs. */
  'cost.edit': { platform: ['platform_admin'], domain: [], scope: 'admin' },
  /** Say of two products that neither stands in for the other, and take that back. */
  'duplicate.dismiss': {
    platform: ['platform_admin', 'steward'],
    domain: ['data_admin'],
    owner: true,
    scope: 'products:write',
  },
  /** Write checks of one's own, and make, recount and close campaigns. */
  'scorecard.manage': {
    platform: ['platform_admin', 'steward'],
    domain: [],
    scope: 'governance:write',
  },
  /** Give figures to people outside: by a link that is opened without signing in. */
  'insight.share': {
    platform: ['platform_admin', 'steward'],
    domain: ['data_consumer', 'data_producer', 'data_admin'],
    scope: 'governance:write',
  },
  /** Write terms of the glossary and link products to them: of the domain, or of the mesh. */
  'glossary.edit': {
    platform: ['steward'],
    domain: ['data_producer', 'data_admin'],
    owner: true,
    scope: 'products:write',
  },
  'glossary.approve': { platform: ['steward'], domain: [], scope: 'governance:write' },
  /** Say that a product is fit for use until a day, and take that back. */
  'product.certify': { platform: ['steward'], domain: [], scope: 'governance:write' },
  /** Approve, describe, rename, merge and retire tags. */
  'tag.manage': { platform: ['steward'], domain: [], scope: 'governance:write' },
  /** Who reads a product, how often, and which columns. */
  'usage.read': {
    platform: ['steward'],
    domain: ['data_admin'],
    owner: true,
    scope: 'catalog:read',
  },
  'people.read': {
    platform: ['platform_admin', 'steward'],
    domain: ['data_admin'],
    scope: 'admin',
  },
  'people.manage': { platform: ['platform_admin'], domain: [], scope: 'admin' },
  'platform.operate': { platform: ['platform_admin'], domain: [], scope: 'admin' },
} satisfies Record<string, Rule>;
export type Permission = keyof typeof PERMISSIONS;

export interface Scope {
  domainId?: string;
  ownerId?: string;
}

/** True when the token that was presented (if any) carries the scope. */
export function hasScope(actor: UserActor, scope: TokenScope): boolean {
  return !actor.token || actor.token.scopes.some((held) => held === scope || held === 'admin');
}

/**
 * Whether the actor holds the permission. Without `domainId`, a domain role counts in any domain
 * ("may create a product somewhere"); the verb asks again with the domain.
 */
export function can(ctx: Ctx, permission: Permission, scope: Scope = {}): boolean {
  const { actor } = ctx;
  if (actor.type === 'system') return true;
  if (actor.type === 'anonymous') return false;
  const rule: Rule = PERMISSIONS[permission];
  if (!hasScope(actor, rule.scope)) return false;
  if (actor.platformRoles.some((role) => rule.platform.includes(role))) return true;
  if (rule.owner && scope.ownerId === actor.id) return true;
  return actor.memberships.some(
    (membership) =>
      rule.domain.includes(membership.role) &&
      (scope.domainId === undefined || membership.domainId === scope.domainId),
  );
}

/** @throws AppError unauthenticated | forbidden, saying who may and what to do. */
export function requireCan(ctx: Ctx, permission: Permission, scope: Scope = {}): void {
  if (can(ctx, permission, scope)) return;
  const { actor } = ctx;
  if (actor.type === 'anonymous') throw new AppError('unauthenticated', 'Sign in to do this.');
  const rule: Rule = PERMISSIONS[permission];
  if (actor.type === 'user' && !hasScope(actor, rule.scope)) {
    throw forbidden(`This API token lacks the scope ${rule.scope}. Use one that has it.`, {
      permission,
      scope: rule.scope,
    });
  }
  const holders = [...rule.platform, ...rule.domain, ...(rule.owner ? ['owner'] : [])].join(', ');
  throw forbidden(`You may not do this (${permission}). It needs one of: ${holders}.`, {
    permission,
  });
}
