import { newId } from './ids';

export const DOMAIN_ROLES = ['data_consumer', 'data_producer', 'data_admin'] as const;
export type DomainRole = (typeof DOMAIN_ROLES)[number];
export const PLATFORM_ROLES = ['steward', 'platform_admin'] as const;
export type PlatformRole = (typeof PLATFORM_ROLES)[number];

export interface UserActor {
  type: 'user';
  id: string;
  email: string;
  name: string;
  platformRoles: PlatformRole[];
  memberships: { domainId: string; domain: string; role: DomainRole }[];
  /** Set when an API token was presented: verbs need the scope as well as the role. */
  token?: { id: string; scopes: string[] };
}
export interface SystemActor {
  type: 'system';
  /** For instance 'worker', 'seed'. */
  name: string;
}
export interface AnonymousActor {
  type: 'anonymous';
}
export type Actor = UserActor | SystemActor | AnonymousActor;

/** Who is asking, and in which request: the first argument of every verb and query. */
export interface Ctx {
  actor: Actor;
  requestId: string;
  /** 'probe': the portal reads itself, to measure what it promises; no consumer. */
  via: 'session' | 'token' | 'system' | 'probe' | 'none';
  ip?: string;
  /** What the person says the data is for; some policies ask for it. */
  purpose?: string;
  /** The product that reads, with its owner's rights and by the grants that it holds itself. */
  readerId?: string;
}

export function systemCtx(name: string): Ctx {
  return { actor: { type: 'system', name }, requestId: newId(), via: 'system' };
}

export function actorLabel(actor: Actor): string {
  if (actor.type === 'user') return actor.email;
  return actor.type === 'system' ? `system:${actor.name}` : 'anonymous';
}
