import { isAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compilePolicy } from './compile';
import type { EffectivePolicy } from './effective';
import { authorize, type CedarRequest, purposeMatters } from './engine';
import { mergePolicies } from './merge';

/** Few names, so that heads meet requests often, and nearly as often miss them. */
const PRINCIPALS = ['User::"ann"', 'User::"ben"', 'System::"worker"'];
const GROUPS = ['DomainRole::"sales/data_admin"', 'Role::"data_admin"', 'Role::"data_consumer"'];
const PRODUCTS = ['Product::"orders"', 'Product::"visits"'];
const DOMAINS = ['Domain::"sales"', 'Domain::"hr"'];
const ACTIONS = ['read', 'write', 'delete', 'manage'];

const oneOf = (values: string[]) => fc.constantFrom(...values);
const principal = fc.oneof(
  fc.constant('principal'),
  oneOf(PRINCIPALS).map((uid) => `principal == ${uid}`),
  oneOf([...PRINCIPALS, ...GROUPS]).map((uid) => `principal in ${uid}`),
  oneOf(['User', 'System', 'Role']).map((type) => `principal is ${type}`),
  fc.tuple(oneOf(['User', 'System']), oneOf(GROUPS)).map(([a, b]) => `principal is ${a} in ${b}`),
);
const action = fc.oneof(
  fc.constant('action'),
  oneOf(ACTIONS).map((name) => `action == Action::"${name}"`),
  oneOf(ACTIONS).map((name) => `action in Action::"${name}"`),
  fc
    .subarray(ACTIONS, { minLength: 0 })
    .map((names) => `action in [${names.map((name) => `Action::"${name}"`).join(', ')}]`),
);
const resource = fc.oneof(
  fc.constant('resource'),
  oneOf(PRODUCTS).map((uid) => `resource == ${uid}`),
  oneOf([...PRODUCTS, ...DOMAINS]).map((uid) => `resource in ${uid}`),
  oneOf(['Product', 'Port']).map((type) => `resource is ${type}`),
  oneOf(DOMAINS).map((uid) => `resource is Product in ${uid}`),
);
const condition = oneOf([
  '',
  'when { resource.classification == "internal" }',
  'unless { context has purpose && context.purpose == "audit" }',
  'when { principal.isSteward }',
  // Fails where it is looked at: a decision that meets it is a refusal.
  'when { context.missing == 1 }',
]);
const policy = fc
  .tuple(fc.constantFrom('permit', 'forbid'), principal, action, resource, condition)
  .map(([effect, who, what, where, when]) => `${effect} (${who}, ${what}, ${where}) ${when};`);
const policySet = fc.array(policy, { minLength: 1, maxLength: 25 });

const ref = (type: string, id: string) => ({ type, id });
const request = fc
  .record({
    principal: fc.constantFrom(
      { type: 'User' as const, id: 'ann' },
      { type: 'User' as const, id: 'ben' },
      { type: 'System' as const, id: 'worker' },
    ),
    action: oneOf(ACTIONS),
    productId: fc.constantFrom('orders', 'visits', 'unknown'),
    role: fc.constantFrom('data_admin', 'data_consumer', null),
    domain: fc.constantFrom('sales', 'hr'),
    classification: fc.constantFrom('internal', 'public'),
    purpose: fc.constantFrom('audit', 'marketing', undefined),
  })
  .map(({ principal: who, action: name, productId, ...other }): CedarRequest => {
    const { role, domain, classification, purpose } = other;
    const member = ref('DomainRole', `${domain}/${role}`);
    const attrs = { isDisabled: false, isSteward: false };
    return {
      ...{ principal: who, action: name, productId },
      context: { networkIn: [], timeIn: [], ...(purpose && { purpose }) },
      entities: [
        { uid: ref(who.type, who.id), attrs, parents: role ? [member] : [] },
        { uid: member, attrs: {}, parents: role ? [ref('Role', role)] : [] },
        {
          uid: ref('Product', productId),
          attrs: { classification, status: 'production', owner: 'nobody' },
          parents: [ref('Domain', domain)],
        },
      ],
    };
  });

const effective = (texts: string[]): EffectivePolicy => ({
  ...mergePolicies('sales', []),
  cedar: texts.map((text, at) => ({
    value: { id: `own-${at}`, policy: text },
    from: { name: 'own', version: 1, scope: 'global', activatedAt: null, activatedBy: null },
  })),
});

/** Cedar over every policy there is. */
function judgeAll(whole: EffectivePolicy, asked: CedarRequest) {
  const answer = isAuthorized({
    principal: asked.principal,
    action: { type: 'Action', id: asked.action },
    resource: { type: 'Product', id: asked.productId },
    context: asked.context,
    entities: asked.entities,
    policies: {
      staticPolicies: Object.fromEntries(compilePolicy(whole).map((one) => [one.id, one.text])),
    },
  });
  if (answer.type === 'failure') throw new Error(answer.errors[0]?.message);
  const { decision, diagnostics } = answer.response;
  return {
    allow: decision === 'allow' && diagnostics.errors.length === 0,
    by: diagnostics.reason.toSorted((a, b) => a.localeCompare(b)),
  };
}
const judge = (whole: EffectivePolicy, asked: CedarRequest) => {
  const { allow, policies } = authorize(whole, asked);
  return { allow, by: policies.map((one) => one.id) };
};

it('answers from the policies whose heads fit exactly as from all of them', () => {
  const seen = { allowed: 0, forbidden: 0, failed: 0, unmatched: 0 };
  fc.assert(
    fc.property(policySet, fc.array(request, { minLength: 1, maxLength: 4 }), (texts, requests) => {
      const whole = effective(texts);
      for (const asked of requests) {
        const expected = judgeAll(whole, asked);
        expect(judge(whole, asked)).toEqual(expected);
        if (expected.allow) seen.allowed += 1;
        else if (expected.by.length === 0) seen.unmatched += 1;
        else if (texts[Number(expected.by[0]?.split('own-')[1])]?.startsWith('permit')) {
          seen.failed += 1;
        } else seen.forbidden += 1;
      }
    }),
    { numRuns: 200 },
  );
  // Each kind of answer was met, or the property says nothing about it.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});

it('knows when stating a purpose cannot change the answer', () => {
  fc.assert(
    fc.property(policySet, request, (texts, asked) => {
      const whole = effective(texts);
      if (purposeMatters(whole, asked)) return;
      const { purpose: _, ...rest } = asked.context as Record<string, never>;
      const none = judge(whole, { ...asked, context: rest });
      expect(judge(whole, { ...asked, context: { ...rest, purpose: 'audit' } })).toEqual(none);
    }),
    { numRuns: 200 },
  );
});
