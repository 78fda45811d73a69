import { readFileSync } from 'node:fs';
import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, it } from 'vitest';
import { type DataProduct, parseDocumentAs } from '@/lib/specs';
import { CEDAR_SCHEMA } from './cedar-schema';
import { compilePolicy } from './compile';
import { encryptionRequired, type PolicyInForce, retentionOf } from './effective';
import { effectiveRows } from './effective-rows';
import { evaluateDescriptor, GOVERNANCE_RULES } from './evaluate';
import { mergePolicies } from './merge';

const shipped = { version: 1, activatedAt: null, activatedBy: null };

function seeded(file: string, scope: 'global' | 'domain'): PolicyInForce {
  const parsed = parseDocumentAs(
    'DataGovernancePolicy',
    readFileSync(`prisma/seed/policies/${file}.yaml`, 'utf8'),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const { name } = parsed.document.metadata;
  return { name, ...shipped, scope, document: parsed.document };
}
const global = seeded('global', 'global');
const organisation = mergePolicies(null, [global]);
const finance = mergePolicies('finance', [global, seeded('finance', 'domain')]);

const sample: DataProduct = {
  apiVersion: 'v1',
  kind: 'DataProduct',
  metadata: { name: 'orders', namespace: 'sales-domain' },
  spec: {
    owner: 'owner@portolan.example',
    version: '1.0.0',
    description: 'Orders',
    classification: 'public',
    documentation: 'Every order since the shop opened, one row each.',
    schema: [{ name: 'id', type: 'long', description: 'The order number' }],
    access: [{ role: 'data_consumer', permissions: ['read'] }],
    quality: [
      { check: 'not_null', column: 'id', threshold: '100%' },
      { check: 'range', metric: 'accuracy', column: 'id', threshold: '99%' },
      { check: 'unique', metric: 'consistency', column: 'id', threshold: '100%' },
    ],
  },
};
function vary(variation: object): DataProduct {
  const spec = Object.fromEntries(
    Object.entries({ ...sample.spec, ...variation }).filter(([, value]) => value !== null),
  );
  return { ...sample, spec: spec as DataProduct['spec'] };
}

describe('effective policies', () => {
  it('lets the domain override single values and says where each is from', () => {
    expect(finance.quality.completeness).toEqual({
      threshold: {
        value: '99%',
        from: { name: 'finance-data-governance', ...shipped, scope: 'domain' },
        replaced: {
          value: '95%',
          from: { name: 'global-data-governance', ...shipped, scope: 'global' },
        },
        floor: {
          value: '95%',
          from: { name: 'global-data-governance', ...shipped, scope: 'global' },
        },
      },
      enforcement: {
        value: 'warning',
        from: { name: 'global-data-governance', ...shipped, scope: 'global' },
      },
    });
    expect(finance.quality.consistency?.threshold.from.scope).toBe('global');
    expect(finance.quality.freshness?.threshold.value).toBe('1_hour');
    expect(finance.accessMode?.value).toBe('strict_role_based');
    expect(finance.version).toBe('global-data-governance/v1+finance-data-governance/v1');
  });

  it('keeps data as long as the domain says, else as the classification says', () => {
    expect(retentionOf(organisation, 'confidential')?.value).toBe('3_years');
    expect(retentionOf(finance, 'confidential')).toMatchObject({
      value: '7_years',
      replaced: { value: '3_years' },
    });
    expect(retentionOf(mergePolicies(null, []), 'internal')).toBeNull();
  });

  it('encrypts what the policy says and what no policy mentions', () => {
    const required = ['public', 'internal', 'confidential', 'restricted'].map((level) =>
      encryptionRequired(organisation, level),
    );
    expect(required).toEqual([false, true, true, true]);
    expect(encryptionRequired(mergePolicies(null, []), 'public')).toBe(true);
  });
});

describe('the table of effective values', () => {
  it('shows what holds, from where, and what it replaced', () => {
    const rows = effectiveRows(finance);
    expect(rows.find((row) => row.name === 'confidential data is kept for')).toMatchObject({
      value: '7 years',
      from: { name: 'finance-data-governance' },
      replaced: { value: '3 years', from: { name: 'global-data-governance' } },
    });
    expect(rows.find((row) => row.name === 'mode')).toMatchObject({ value: 'strict role based' });
    expect(rows.find((row) => row.name === 'GDPR')?.value).toContain('right to erasure');
  });
});

describe('Cedar', () => {
  it.each([organisation, finance, mergePolicies(null, [])])('rules are valid', (policy) => {
    const staticPolicies = Object.fromEntries(
      compilePolicy(policy).map(({ id, text }) => [id, text]),
    );
    expect(validate({ schema: CEDAR_SCHEMA, policies: { staticPolicies } })).toMatchObject({
      type: 'success',
      validationErrors: [],
      validationWarnings: [],
    });
  });

  it('names rules after the document that they come from', () => {
    expect(compilePolicy(finance).map((one) => one.id)).toContain(
      'global-data-governance/v1/access_control/data_consumer',
    );
  });
});

describe('governance rules', () => {
  it('has one id per rule', () => {
    expect(new Set(GOVERNANCE_RULES.map((rule) => rule.id)).size).toBe(GOVERNANCE_RULES.length);
  });

  describe.each([...GOVERNANCE_RULES])('$id', (rule) => {
    it.each(rule.examples.pass)('finds nothing in %j', (variation) => {
      expect(rule.evaluate({ descriptor: vary(variation), policy: organisation })).toEqual([]);
    });
    it.each(rule.examples.fail)('finds something in %j', (variation) => {
      expect(rule.evaluate({ descriptor: vary(variation), policy: organisation })).not.toEqual([]);
    });
  });

  it('finds personal data inside a struct', () => {
    const schema = [
      { name: 'a', type: 'struct', fields: [{ name: 'mail', type: 'string', pii: true }] },
    ];
    const [finding] = evaluateDescriptor(vary({ schema }), organisation);
    expect(finding).toMatchObject({ ruleId: 'pii-classification', level: 'error' });
    expect(finding?.message).toContain('a.mail');
  });

  it('puts errors first and accepts a good product', () => {
    expect(evaluateDescriptor(sample, organisation)).toEqual([]);
    const bad = vary({ owner: 'x', documentation: null, classification: 'restricted' });
    const levels = evaluateDescriptor(bad, organisation).map((finding) => finding.level);
    expect(levels).toEqual(['error', 'error', 'warning', 'info']);
  });
});
