import { type AccessCondition, PERMISSIONS } from '@/lib/specs';
import { type EffectivePolicy, refLabel, type Sourced } from './effective';

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
    id: 'portolan/staging',
    title: 'Staging is for the owner and the producers and data admins of the domain',
    text: `forbid (principal is User, action, resource) when { context has environment && context.environment == "staging" }
      unless { resource.owner == principal || (principal has membership && principal.membership.domain == resource.domain &&
      ["data_producer", "data_admin"].contains(principal.membership.role)) };`,
  },
  {
    id: 'portolan/retired-product',
    title: 'A retired product is not served',
    text: `forbid (principal, action in ${actions(PERMISSIONS)}, resource) when { resource.status == "retired" };`,
  },
  {
    id: 'portolan/discover',
    title: 'Everybody who is signed in may find a product and read its description',
    text: 'permit (principal is User, action == Action::"discover", resource);',
  },
];

const reach = (dataAccess: readonly string[]) =>
  dataAccess.join(', ').replace(/, ([^,]*)$/, ' and $1');

const rule = (effect: 'permit' | 'forbid', names: readonly string[], when: string, unless = '') =>
  `${effect} (principal is User, action in ${actions(names)}, resource) when { ${when} }${
    unless && ` unless { ${unless} }`
  };`;
const HAS_ROLE = 'principal has membership && principal.membership.domain == resource.domain';
const STATED = 'context has grant || (context has purpose && context.purpose != "")';

/** What the domain's mode adds to roles and grants (spec, "Domain Policies"). */
function compileMode(policy: EffectivePolicy): CompiledPolicy[] {
  const mode = policy.accessMode;
  if (!mode) return [];
  const id = `${refLabel(mode.from)}/access_control/${mode.value}`;
  if (mode.value === 'attribute_based') {
    return [
      {
        id: `${id}/purpose`,
        title: 'Personal data of the domain is read only for a stated purpose',
        text: rule(
          'forbid',
          ['read'],
          'resource.hasPersonalData && resource.owner != principal',
          STATED,
        ),
      },
    ];
  }
  if (mode.value !== 'strict_role_based') return [];
  const reaching = Object.entries(policy.access).map(
    ([role, { value }]) =>
      `(principal.membership.role == ${quote(role)} && ${set(value.dataAccess)}.contains(resource.classification))`,
  );
  return [
    {
      id: `${id}/role`,
      title: 'Only people with a role in the domain reach its data',
      text: rule('forbid', PERMISSIONS, 'resource.owner != principal', HAS_ROLE),
    },
    {
      id: `${id}/reach`,
      title: 'A grant reaches no further than the role of who holds it',
      text: rule(
        'forbid',
        PERMISSIONS,
        'context has grant && resource.owner != principal',
        `${HAS_ROLE} && (${reaching.join(' || ') || 'false'})`,
      ),
    },
  ];
}

/** One forbid for a condition: whom it concerns, unless everything that it requires holds. */
export function compileCondition({ value, from }: Sourced<AccessCondition>): CompiledPolicy {
  const { id, applies_to: to, require } = value;
  const when = [
    ...(to.classifications ? [`${set(to.classifications)}.contains(resource.classification)`] : []),
    ...(to.personal_data === undefined
      ? []
      : [to.personal_data ? 'resource.hasPersonalData' : '!resource.hasPersonalData']),
    ...(to.roles ? [`(${HAS_ROLE} && ${set(to.roles)}.contains(principal.membership.role))`] : []),
  ];
  const unless = [
    ...(require.purposes
      ? [
          `((context has purpose && ${set(require.purposes)}.contains(context.purpose)) || (context has grant && ${set(require.purposes)}.contains(context.grant.purpose)))`,
        ]
      : []),
    ...(require.hours ? [`context.timeIn.contains(${quote(id)})`] : []),
    ...(require.networks ? [`context.networkIn.contains(${quote(id)})`] : []),
    ...(require.grant ? ['context has grant'] : []),
  ];
  const asks = [
    ...(require.purposes ? [`for ${require.purposes.join(' or ')}`] : []),
    ...(require.hours
      ? [
          `between ${require.hours.from} and ${require.hours.to} ${require.hours.timezone}${
            require.hours.days ? ` on ${require.hours.days.join(', ')}` : ''
          }`,
        ]
      : []),
    ...(require.networks ? [`from ${require.networks.join(' or ')}`] : []),
    ...(require.grant ? ['with a grant'] : []),
  ];
  return {
    id: `${refLabel(from)}/access_conditions/${id}`,
    title: value.description ?? `Allowed only ${asks.join(' and ')}`,
    text: rule(
      'forbid',
      to.permissions ?? PERMISSIONS,
      when.join(' && ') || 'true',
      unless.join(' && ') || (require.grant === false ? 'true' : 'false'),
    ),
  };
}

/**
 * The policies in force as Cedar: roles, the domain's mode, conditions, and stewards' own policies. A role
 * counts in the product's own domain; what its consumers may read and is public, any signed-in person may read.
 */
export function compilePolicy(policy: EffectivePolicy): CompiledPolicy[] {
  const compiled = [...FIXED];
  for (const [role, { value, from }] of Object.entries(policy.access)) {
    const id = `${refLabel(from)}/access_control/${role}`;
    compiled.push({
      id,
      title: `A ${role} of the domain may ${value.permissions.join(', ')} data that is ${reach(value.dataAccess)}`,
      text: rule(
        'permit',
        value.permissions,
        `${HAS_ROLE} && principal.membership.role == ${quote(role)} &&
        ${set(value.dataAccess)}.contains(resource.classification)`,
      ),
    });
    const isOpen = value.permissions.includes('read') && value.dataAccess.includes('public');
    if (role !== 'data_consumer' || !isOpen) continue;
    compiled.push({
      id: `${id}/public`,
      title: 'Everybody who is signed in is a data_consumer of public data',
      text: rule('permit', ['read'], 'resource.classification == "public"'),
    });
  }
  return [
    ...compiled,
    ...compileMode(policy),
    ...policy.conditions.map(compileCondition),
    ...policy.cedar.map(({ value, from }) => ({
      id: `${refLabel(from)}/cedar_policies/${value.id}`,
      title: value.description ?? `The Cedar policy ${value.id}`,
      text: value.policy,
    })),
  ];
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
