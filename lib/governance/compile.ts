import type { EffectivePolicy } from './effective';
import { refLabel } from './effective';

/**
 * What Cedar knows. Entities are the request's slice only: the person, the role they hold in the
 * product's domain, the product and its domain.
 */
export const CEDAR_SCHEMA = `
entity Domain;
entity DomainRole { role: String, domain: Domain };
entity System;
entity User { membership?: DomainRole, isDisabled: Bool };
entity Product in [Domain] { owner: User, domain: Domain, classification: String, status: String };
entity Port in [Product];
type Grant = { id: String, product: Product, subject: User, permissions: Set<String>, purpose: String };
type Request = { purpose?: String, scopes?: Set<String>, grant?: Grant };
action read, write, delete, manage appliesTo { principal: [User, System], resource: [Product], context: Request };
`;

export interface CompiledPolicy {
  id: string;
  title: string;
  text: string;
}

const quote = (text: string) => JSON.stringify(text);
const set = (values: readonly string[]) => `[${values.map(quote).join(', ')}]`;
const actions = (names: readonly string[]) =>
  `[${names.map((name) => `Action::${quote(name)}`).join(', ')}]`;

/** Rules that hold whatever the documents say. `forbid` wins over every permit. */
const FIXED: CompiledPolicy[] = [
  {
    id: 'portolan/owner',
    title: 'The owner of a product may use it',
    text: 'permit (principal is User, action, resource) when { resource.owner == principal };',
  },
  {
    id: 'portolan/system',
    title: 'The portal itself runs the pipelines that people set up',
    text: 'permit (principal is System, action, resource);',
  },
  ...(['read', 'write'] as const).map((action) => ({
    id: `portolan/grant/${action}`,
    title: `A grant to ${action}`,
    text: `permit (principal is User, action == Action::${quote(action)}, resource) when {
      context has grant && context.grant.subject == principal && context.grant.product == resource &&
      context.grant.permissions.contains(${quote(action)}) };`,
  })),
  {
    id: 'portolan/token-scope/read',
    title: 'An API token reads data only with the scope data:read',
    text: `forbid (principal, action == Action::"read", resource) when {
      context has scopes && !context.scopes.containsAny(["data:read", "admin"]) };`,
  },
  {
    id: 'portolan/token-scope/change',
    title: 'An API token changes products only with the scope products:write',
    text: `forbid (principal, action in [Action::"write", Action::"delete", Action::"manage"], resource)
      when { context has scopes && !context.scopes.containsAny(["products:write", "admin"]) };`,
  },
  {
    id: 'portolan/disabled-account',
    title: 'A disabled account may do nothing',
    text: 'forbid (principal is User, action, resource) when { principal.isDisabled };',
  },
  {
    id: 'portolan/retired-product',
    title: 'A retired product is not served',
    text: 'forbid (principal, action, resource) when { resource.status == "retired" };',
  },
];

const reach = (dataAccess: readonly string[]) =>
  dataAccess.join(', ').replace(/, ([^,]*)$/, ' and $1');

/**
 * The access_control rules of the policies in force as Cedar. A role counts in the product's own
 * domain; what its consumers may read and is public, any signed-in person may read.
 */
export function compilePolicy(policy: EffectivePolicy): CompiledPolicy[] {
  const compiled = [...FIXED];
  for (const [role, { value, from }] of Object.entries(policy.access)) {
    const id = `${refLabel(from)}/access_control/${role}`;
    compiled.push({
      id,
      title: `A ${role} of the domain may ${value.permissions.join(', ')} data that is ${reach(value.dataAccess)}`,
      text: `permit (principal is User, action in ${actions(value.permissions)}, resource) when {
        principal has membership && principal.membership.role == ${quote(role)} &&
        principal.membership.domain == resource.domain &&
        ${set(value.dataAccess)}.contains(resource.classification) };`,
    });
    const isOpen = value.permissions.includes('read') && value.dataAccess.includes('public');
    if (role !== 'data_consumer' || !isOpen) continue;
    compiled.push({
      id: `${id}/public`,
      title: 'Everybody who is signed in is a data_consumer of public data',
      text: `permit (principal is User, action == Action::"read", resource) when {
        resource.classification == "public" };`,
    });
  }
  return compiled;
}

/**
 * The access_control rules that would permit the action on data of this classification: what somebody
 * was refused by, when nothing permitted.
 */
export function rulesThatPermit(
  policy: EffectivePolicy,
  action: string,
  classification: string,
): { id: string; title: string; role: string; document: string }[] {
  return Object.entries(policy.access)
    .filter(
      ([, { value }]) =>
        value.permissions.some((permission) => permission === action) &&
        value.dataAccess.some((level) => level === classification),
    )
    .map(([role, { from }]) => ({
      id: `${refLabel(from)}/access_control/${role}`,
      title: `Only a ${role} of the domain may ${action} ${classification} data`,
      role,
      document: refLabel(from),
    }));
}
