import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLASSIFICATIONS,
  type DataGovernancePolicy,
  governancePolicySchema,
  OVERRIDABLE,
  PERMISSIONS,
} from '@/lib/specs';
import { type PolicyInForce, retentionOf } from './effective';
import { policyChanges, policyValues } from './lifecycle/changes';
import { accessLoosens, retentionLoosens, thresholdLoosens } from './loosening';
import { mergePolicies } from './merge';

const overridable = fc.option(fc.constantFrom(...OVERRIDABLE), { nil: undefined });
const some = <T>(...all: T[]) => fc.uniqueArray(fc.constantFrom(...all), { minLength: 1 });
const percent = fc.integer({ min: 50, max: 100 }).map((value) => `${value}%`);
const years = fc.integer({ min: 1, max: 9 }).map((value) => `${value}_years`);
const clean = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

const listed = {
  data_classification: fc.uniqueArray(
    fc
      .record({
        level: fc.constantFrom(...CLASSIFICATIONS),
        encryption: fc.constantFrom('optional' as const, 'required' as const),
        retention: years,
        overridable,
      })
      .map(clean),
    { selector: (one) => one.level },
  ),
  access_control: fc.uniqueArray(
    fc
      .record({
        role: fc.constantFrom('data_consumer', 'data_producer', 'data_admin'),
        permissions: some(...PERMISSIONS),
        data_access: some(...CLASSIFICATIONS),
        overridable,
      })
      .map(clean),
    { selector: (one) => one.role },
  ),
  data_quality: fc.uniqueArray(
    fc
      .record({
        metric: fc.constantFrom('completeness', 'accuracy', 'consistency'),
        threshold: percent,
        enforcement: fc.constantFrom('warning' as const, 'error' as const),
        overridable,
      })
      .map(clean),
    { selector: (one) => one.metric },
  ),
};
const spec = fc.record(listed, { requiredKeys: [] });
const domainSpec = fc.record({ ...listed, data_retention: years }, { requiredKeys: [] });

function policy(scope: 'global' | 'domain', own: object): PolicyInForce {
  const document = governancePolicySchema.parse({
    apiVersion: 'v1',
    kind: 'DataGovernancePolicy',
    metadata: { name: `${scope}-policy`, ...(scope === 'domain' && { namespace: 'sales-domain' }) },
    // A document without a rule is refused; a regulation beside the point makes it one.
    spec: { compliance: [{ regulation: scope, requirements: [{ kept: true }] }], ...own },
  }) as DataGovernancePolicy;
  return { name: scope, version: 1, scope, activatedAt: null, activatedBy: null, document };
}
const values = (...policies: PolicyInForce[]) => policyValues(mergePolicies('sales', policies));

describe('laws of the merge', () => {
  it('a document merged over itself says the same', () =>
    fc.assert(
      fc.property(spec, (own) => {
        const global = policy('global', own);
        const once = values(global).map(({ name, value }) => [name, value]);
        expect(values(global, global).map(({ name, value }) => [name, value])).toEqual(once);
      }),
    ));

  it('a domain changes nothing that it does not name', () =>
    fc.assert(
      fc.property(spec, domainSpec, (own, other) => {
        const before = mergePolicies('sales', [policy('global', own)]);
        const after = mergePolicies('sales', [policy('global', own), policy('domain', other)]);
        for (const metric of Object.keys(before.quality)) {
          const isNamed = (other.data_quality ?? []).some((one) => one.metric === metric);
          if (!isNamed) expect(after.quality[metric]).toEqual(before.quality[metric]);
        }
        for (const role of Object.keys(before.access)) {
          const isNamed = (other.access_control ?? []).some((one) => one.role === role);
          if (!isNamed) expect(after.access[role]).toEqual(before.access[role]);
        }
      }),
    ));

  it('every value says which document it is from, and what it took the place of', () =>
    fc.assert(
      fc.property(spec, domainSpec, (own, other) => {
        for (const { sourced } of values(policy('global', own), policy('domain', other))) {
          expect(['global', 'domain']).toContain(sourced.from.name);
          if (sourced.loosens) expect(sourced.floor?.from.scope).toBe('global');
          if (sourced.refused) expect((sourced.floor ?? sourced).from.scope).toBe('global');
        }
      }),
    ));

  it('what may only be tightened is never looser, what may not be overridden never other', () =>
    fc.assert(
      fc.property(spec, domainSpec, (own, other) => {
        const before = mergePolicies('sales', [policy('global', own)]);
        const after = mergePolicies('sales', [policy('global', own), policy('domain', other)]);
        for (const [metric, { threshold }] of Object.entries(before.quality)) {
          const now = after.quality[metric]!.threshold;
          if (threshold.overridable === 'no') expect(now.value).toBe(threshold.value);
          if (threshold.overridable === 'tighten-only') {
            expect(thresholdLoosens(threshold.value, now.value)).toBe(false);
          }
        }
        for (const [role, rule] of Object.entries(before.access)) {
          if (rule.overridable === 'tighten-only') {
            expect(accessLoosens(rule.value, after.access[role]!.value)).toBe(false);
          }
        }
      }),
    ));

  it('a second document of the domain, or its second form of a value, passes no floor by', () =>
    fc.assert(
      fc.property(spec, domainSpec, domainSpec, (own, first, then) => {
        const before = mergePolicies('sales', [policy('global', own)]);
        const after = mergePolicies('sales', [
          policy('global', own),
          policy('domain', first),
          policy('domain', then),
        ]);
        for (const [metric, { threshold }] of Object.entries(before.quality)) {
          const now = after.quality[metric]!.threshold;
          const isLooser = thresholdLoosens(threshold.value, now.value);
          expect(now.loosens === true).toBe(isLooser);
          if (threshold.overridable === 'tighten-only') expect(isLooser).toBe(false);
        }
        for (const level of CLASSIFICATIONS) {
          const floor = before.classifications[level]?.retention;
          const now = floor && retentionOf(after, level);
          if (!floor || !now) continue;
          const isLooser = retentionLoosens(floor.value, now.value);
          expect(now.loosens === true).toBe(isLooser);
          if (floor.overridable === 'tighten-only') expect(isLooser).toBe(false);
        }
      }),
    ));

  it('one document with both forms of a metric is measured by the organisation’s', () => {
    const both = policy('domain', {
      data_quality: [{ metric: 'accuracy', threshold: '99%', enforcement: 'error' }],
      quality_requirements: { accuracy: 50 },
    });
    const metric = { metric: 'accuracy', threshold: '98%', enforcement: 'error' };
    const [looser, strict] = [{}, { overridable: 'tighten-only' }].map(
      (own) =>
        mergePolicies('sales', [policy('global', { data_quality: [{ ...metric, ...own }] }), both])
          .quality.accuracy!.threshold,
    );
    expect(looser).toMatchObject({ value: '50%', loosens: true, floor: { value: '98%' } });
    expect(strict).toMatchObject({ value: '99%', refused: { value: '50%' } });
  });

  it('marks exactly the values that ask for less', () =>
    fc.assert(
      fc.property(spec, domainSpec, (own, other) => {
        const merged = mergePolicies('sales', [policy('global', own), policy('domain', other)]);
        for (const { threshold } of Object.values(merged.quality)) {
          const { replaced, value, from } = threshold;
          const isLooser =
            replaced?.from.scope === 'global' &&
            from.scope === 'domain' &&
            thresholdLoosens(replaced.value, value);
          expect(threshold.loosens === true).toBe(isLooser);
        }
      }),
    ));

  it('two policies differ by nothing exactly when their values are the same', () =>
    fc.assert(
      fc.property(spec, spec, (a, b) => {
        const [one, two] = [a, b].map((own) => mergePolicies(null, [policy('global', own)]));
        const print = (merged: typeof one) =>
          policyValues(merged!)
            .map(({ name, sourced }) => JSON.stringify([name, sourced.value]))
            .sort();
        const isSame = JSON.stringify(print(one)) === JSON.stringify(print(two));
        expect(policyChanges(one!, two!).length === 0).toBe(isSame);
      }),
    ));
});

describe('the monitor', () => {
  const of = (rule: object, global?: object) =>
    mergePolicies('sales', [
      policy('global', global ? { monitoring: [{ rule: 'access_control', ...global }] } : {}),
      policy('domain', { monitoring: [{ rule: 'access_control', ...rule }] }),
    ]).monitoring.access_control!;
  it.each([
    [{ enabled: false }, undefined],
    [{ threshold: 'warning' }, undefined],
    [{ frequency: 'yearly' }, undefined],
    [{ frequency: 'manual' }, { escalate_after: '2_hours' }],
    [{ frequency: '0 0 1 1 *' }, { frequency: 'hourly' }],
    [{ escalate_after: '9_days' }, { escalate_after: '2_hours' }],
  ])('%o of a domain is a loosening over %o', (rule, global) =>
    expect(of(rule, global)).toMatchObject({ loosens: true, from: { scope: 'domain' } }),
  );
  it.each([
    [{ threshold: 'error', frequency: 'real_time' }, undefined],
    [{ frequency: 'hourly' }, { frequency: 'daily' }],
    [{ escalate_after: '1_hour' }, { escalate_after: '2_hours' }],
  ])('%o of a domain is none over %o', (rule, global) =>
    expect(of(rule, global).loosens).toBeUndefined(),
  );
  it('may be fixed by the organisation', () =>
    expect(of({ enabled: false }, { enabled: true, overridable: 'tighten-only' })).toMatchObject({
      value: { enabled: true },
      refused: { value: { enabled: false } },
    }));
});

describe('what counts as less', () => {
  it.each([
    [thresholdLoosens('98%', '97%'), true],
    [thresholdLoosens('98%', 98.5), false],
    [thresholdLoosens('1_hour', '4_hours'), true],
    [thresholdLoosens('< 100ms', '< 200ms'), true],
    [thresholdLoosens('< 100ms', '< 50ms'), false],
    [retentionLoosens('3_years', '7_years'), true],
    [retentionLoosens('3_years', '36_months'), false],
    [retentionLoosens('1_year', '400_days'), true],
  ])('case %#', (found, expected) => expect(found).toBe(expected));
});
