import type { EffectivePolicy, PolicyRef, Sourced } from '../effective';
import { retentionOf } from '../effective';

/** One value of the effective policy, flat: what two versions are compared by. */
export interface PolicyValue {
  area: 'Classification' | 'Retention' | 'Access' | 'Quality' | 'Compliance' | 'Rules';
  name: string;
  value: string;
  sourced: Sourced<unknown>;
}
export interface PolicyChange {
  area: PolicyValue['area'];
  name: string;
  before: string | null;
  after: string | null;
}

const words = (value: string | number) => String(value).replaceAll('_', ' ');

/** Every value of an effective policy with its provenance, in a fixed order. */
export function policyValues(policy: EffectivePolicy): PolicyValue[] {
  const values: PolicyValue[] = [];
  const add = <T>(
    area: PolicyValue['area'],
    name: string,
    sourced: Sourced<T> | null,
    print: (value: T) => string,
  ) => {
    if (sourced) values.push({ area, name, value: print(sourced.value), sourced });
  };
  for (const [level, rule] of Object.entries(policy.classifications)) {
    add('Classification', `${level}: encryption`, rule.encryption, words);
    add('Retention', `${level} data is kept for`, retentionOf(policy, level), words);
  }
  add('Access', 'mode', policy.accessMode, words);
  for (const [role, rule] of Object.entries(policy.access)) {
    add(
      'Access',
      role,
      rule,
      ({ permissions, dataAccess }) => `${permissions.join(', ')} → ${dataAccess.join(', ')}`,
    );
  }
  for (const one of policy.conditions) {
    add('Access', `condition ${one.value.id}`, one, (value) => value.description ?? value.id);
  }
  for (const one of policy.cedar) {
    add('Access', `Cedar ${one.value.id}`, one, (value) => value.description ?? value.id);
  }
  for (const [metric, rule] of Object.entries(policy.quality)) {
    add('Quality', metric, rule.threshold, words);
    add('Quality', `${metric}: when missed`, rule.enforcement, words);
  }
  for (const [regulation, rule] of Object.entries(policy.compliance)) {
    add('Compliance', regulation.toUpperCase(), rule, (value) =>
      Object.entries(value)
        .map(([name, required]) =>
          required === true ? words(name) : `${words(name)}: ${String(required)}`,
        )
        .join(', '),
    );
  }
  for (const one of policy.rules) {
    add('Rules', one.value.id, one, (value) => `${value.title} (${value.level})`);
  }
  for (const [rule, one] of Object.entries(policy.monitoring)) {
    add('Rules', `monitor ${words(rule)}`, one, ({ frequency, threshold, enabled }) =>
      [enabled === false ? 'off' : null, frequency && words(frequency), threshold]
        .filter(Boolean)
        .join(', '),
    );
  }
  add('Rules', 'put in force by', policy.approval, words);
  add('Rules', 'tags of products', policy.tags, words);
  return values;
}

const keyOf = (one: { area: string; name: string }) => `${one.area}/${one.name}`;

/** What holds differently, value by value. */
export function policyChanges(before: EffectivePolicy, after: EffectivePolicy): PolicyChange[] {
  const old = new Map(policyValues(before).map((one) => [keyOf(one), one]));
  const fresh = policyValues(after);
  const kept = new Set(fresh.map(keyOf));
  const changed = fresh.flatMap((one): PolicyChange[] => {
    const was = old.get(keyOf(one));
    const isSame =
      was?.value === one.value &&
      JSON.stringify(was.sourced.value) === JSON.stringify(one.sourced.value);
    if (isSame) return [];
    const { area, name, value } = one;
    return [{ area, name, before: was?.value ?? null, after: value }];
  });
  const gone = [...old.values()].filter((one) => !kept.has(keyOf(one)));
  return [
    ...changed,
    ...gone.map(({ area, name, value }) => ({ area, name, before: value, after: null })),
  ];
}

export interface Loosening {
  name: string;
  value: string;
  floor: string;
}

/** The values of one document that ask for less than the organisation's do. */
export function looseningsOf(
  policy: EffectivePolicy,
  document: Pick<PolicyRef, 'name'>,
): Loosening[] {
  return policyValues(policy).flatMap(({ name, value, sourced }) =>
    sourced.loosens && sourced.from.name === document.name
      ? [{ name, value, floor: words(String(printed(sourced.floor?.value))) }]
      : [],
  );
}

/** The values of one document that `overridable` of a global value does not let hold. */
export function refusalsOf(
  policy: EffectivePolicy,
  document: Pick<PolicyRef, 'name'>,
): Loosening[] {
  return policyValues(policy).flatMap(({ name, value, sourced }) =>
    sourced.refused?.from.name === document.name
      ? [{ name, value: words(String(printed(sourced.refused.value))), floor: value }]
      : [],
  );
}

const printed = (value: unknown): unknown =>
  typeof value === 'object' ? JSON.stringify(value) : value;
