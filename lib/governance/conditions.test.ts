import { describe, expect, it } from 'vitest';
import type { DataGovernancePolicy } from '@/lib/specs';
import { checkCedar, isPermit } from './cedar-check';
import { isInNetworks, isWithinHours } from './circumstances';
import { type DecisionInput, decideWith } from './decide-with';
import { mergePolicies } from './merge';

const ref = { version: 1, activatedAt: null, activatedBy: null };
type Spec = DataGovernancePolicy['spec'];
function policyOf(spec: Spec, domain: Spec = {}) {
  const document = (name: string, own: Spec): DataGovernancePolicy => ({
    apiVersion: 'v1',
    kind: 'DataGovernancePolicy',
    metadata: { name },
    spec: own,
  });
  return mergePolicies('sales', [
    { name: 'global', scope: 'global', ...ref, document: document('global', spec) },
    { name: 'own', scope: 'domain', ...ref, document: document('own', domain) },
  ]);
}
const ROLES: Spec = {
  access_control: [
    { role: 'data_consumer', permissions: ['read'], data_access: ['public', 'internal'] },
    {
      role: 'data_admin',
      permissions: ['read'],
      data_access: ['public', 'internal', 'restricted'],
    },
  ],
};
const grant = {
  id: 'g',
  permissions: ['read'],
  purpose: 'churn model',
  expiresAt: null,
  terms: null,
};

interface Asked {
  domain?: Spec;
  role?: string | null;
  grant?: typeof grant | null;
  classification?: string;
  hasPersonalData?: boolean;
  purpose?: string;
  ip?: string;
  at?: string;
  ownerId?: string;
}
function ask(asked: Asked) {
  const input: DecisionInput = {
    policy: policyOf(ROLES, asked.domain),
    action: 'read',
    product: {
      id: 'p',
      name: 'orders',
      domainId: 'd',
      domain: 'sales',
      classification: asked.classification ?? 'internal',
      ownerId: asked.ownerId ?? 'owner',
      status: 'production',
    },
    person: { id: 'u', role: asked.role === undefined ? 'data_consumer' : asked.role },
    facts: {
      isDisabled: false,
      isSteward: false,
      hasPersonalData: asked.hasPersonalData ?? false,
      grants: asked.grant ? [asked.grant] : [],
    },
    purpose: asked.purpose,
    ip: asked.ip,
    at: new Date(asked.at ?? '2026-11-23T12:00:00Z'),
  };
  const { allow, policies } = decideWith(input);
  return { allow, by: policies.map((one) => one.id) };
}

describe('attribute_based', () => {
  const domain: Spec = { access_control: 'attribute_based' };
  it('lets a role read what holds no personal data, without a purpose', () => {
    expect(ask({ domain }).allow).toBe(true);
  });
  it('asks for a purpose before personal data is read; a grant has one', () => {
    const refused = ask({ domain, hasPersonalData: true });
    expect(refused).toEqual({
      allow: false,
      by: ['own/v1/access_control/attribute_based/purpose'],
    });
    expect(ask({ domain, hasPersonalData: true, purpose: 'newsletter' }).allow).toBe(true);
    expect(ask({ domain, hasPersonalData: true, role: null, grant }).allow).toBe(true);
    expect(ask({ domain, hasPersonalData: true, ownerId: 'u' }).allow).toBe(true);
  });
});

describe('strict_role_based', () => {
  const domain: Spec = { access_control: 'strict_role_based' };
  it('keeps out who has no role, though they hold a grant or the data is public', () => {
    expect(ask({ domain, role: null, grant }).allow).toBe(false);
    expect(ask({ domain, role: null, classification: 'public' }).allow).toBe(false);
    expect(ask({ role: null, classification: 'public' }).allow).toBe(true);
  });
  it('lets a grant reach no further than the role', () => {
    expect(ask({ domain, grant }).allow).toBe(true);
    expect(ask({ domain, grant, classification: 'restricted' }).allow).toBe(false);
    expect(ask({ grant, classification: 'restricted' }).allow).toBe(true);
    expect(ask({ domain, role: 'data_admin', grant, classification: 'restricted' }).allow).toBe(
      true,
    );
  });
});

describe('conditions', () => {
  const condition = (require: object, to: object = {}): Spec => ({
    access_conditions: [{ id: 'office', applies_to: to, require } as never],
  });
  it('asks for one of the purposes, by request or grant', () => {
    const domain = condition(
      { purposes: ['fraud', 'churn model'] },
      { classifications: ['internal'] },
    );
    expect(ask({ domain })).toEqual({ allow: false, by: ['own/v1/access_conditions/office'] });
    expect(ask({ domain, purpose: 'curiosity' }).allow).toBe(false);
    expect(ask({ domain, purpose: 'fraud' }).allow).toBe(true);
    expect(ask({ domain, grant }).allow).toBe(true);
    expect(ask({ domain, classification: 'public' }).allow).toBe(true);
  });
  it('looks at the hour where the policy says, on its days', () => {
    const hours = { from: '08:00', to: '18:00', timezone: 'Europe/Lisbon', days: ['mon'] };
    const domain = condition({ hours });
    expect(ask({ domain, at: '2026-11-23T12:00:00Z' }).allow).toBe(true);
    expect(ask({ domain, at: '2026-11-23T18:00:00Z' }).allow).toBe(false);
    expect(ask({ domain, at: '2026-11-24T12:00:00Z' }).allow).toBe(false);
  });
  it('looks at the network, and refuses who comes from none that is known', () => {
    const domain = condition({ networks: ['10.0.0.0/8', 'fd00::/8'] });
    expect(ask({ domain, ip: '10.1.2.3' }).allow).toBe(true);
    expect(ask({ domain, ip: '::ffff:10.1.2.3' }).allow).toBe(true);
    expect(ask({ domain, ip: 'fd12::1' }).allow).toBe(true);
    expect(ask({ domain, ip: '192.0.2.1' }).allow).toBe(false);
    expect(ask({ domain }).allow).toBe(false);
    expect(ask({ domain, ip: 'not an address' }).allow).toBe(false);
  });
  it('can ask for a grant, of some roles or of personal data only', () => {
    const domain = condition({ grant: true }, { roles: ['data_consumer'], personal_data: true });
    expect(ask({ domain }).allow).toBe(true);
    expect(ask({ domain, hasPersonalData: true }).allow).toBe(false);
    expect(ask({ domain, hasPersonalData: true, role: 'data_admin' }).allow).toBe(true);
    expect(ask({ domain, hasPersonalData: true, grant }).allow).toBe(true);
  });
});

describe('hours and networks', () => {
  it('knows hours that pass midnight, and counts them to the evening they began', () => {
    const night = { from: '22:00', to: '06:00', timezone: 'UTC', days: ['fri' as const] };
    expect(isWithinHours(new Date('2026-11-27T23:00:00Z'), night)).toBe(true);
    expect(isWithinHours(new Date('2026-11-28T05:59:00Z'), night)).toBe(true);
    expect(isWithinHours(new Date('2026-11-27T05:00:00Z'), night)).toBe(false);
    expect(isWithinHours(new Date('2026-11-28T06:00:00Z'), night)).toBe(false);
  });
  it('never takes one family of addresses for the other', () => {
    expect(isInNetworks('10.0.0.1', ['::/0'])).toBe(false);
    expect(isInNetworks('2001:db8::1', ['0.0.0.0/0'])).toBe(false);
  });
});

describe('a Cedar policy of one’s own', () => {
  const own = 'forbid (principal is User, action == Action::"read", resource) when {';
  it('is accepted when it fits the schema, and decides', () => {
    const policy = `${own} resource.classification == "internal" };`;
    expect(checkCedar(policy)).toEqual([]);
    const domain: Spec = { cedar_policies: [{ id: 'closed', policy }] };
    expect(ask({ domain })).toEqual({ allow: false, by: ['own/v1/cedar_policies/closed'] });
  });
  it.each([
    ['no syntax', 'permit everything', /not a Cedar policy/],
    ['two policies', `${own} true }; ${own} true };`, /two policies/],
    ['nothing', '// only a remark', /no policy|not a Cedar/],
    ['an unknown attribute', `${own} resource.colour == "red" };`, /colour/],
    ['a wrong type', `${own} resource.classification == 3 };`, /type|compar/i],
    ['an attribute that may be missing', `${own} context.purpose == "x" };`, /purpose/],
    ['an unknown action', 'permit (principal, action == Action::"fly", resource);', /fly/],
    ['a template', 'permit (principal == ?principal, action, resource);', /template/i],
  ])('is refused for %s', (_name, text, message) => {
    const errors = checkCedar(text).filter((one) => one.severity === 'error');
    expect(errors[0]?.message).toMatch(message);
  });
  it('is known as a permit behind remarks and annotations', () => {
    expect(isPermit('// forbid\n@id("x")\npermit (principal, action, resource);')).toBe(true);
    expect(isPermit(`${own} true };`)).toBe(false);
  });
});
