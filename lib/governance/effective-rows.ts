import { type EffectivePolicy, type PolicyRef, retentionOf, type Sourced } from './effective';

/** One value of an effective policy as a person reads it. */
export interface EffectiveRow {
  area: 'Classification' | 'Access' | 'Quality' | 'Retention' | 'Compliance';
  name: string;
  value: string;
  from: PolicyRef | null;
  replaced: { value: string; from: PolicyRef } | null;
  note?: string;
}

const MODE_NOTE =
  'Shown as the policy states it. Decisions are made by roles and grants; this mode adds no rule of its own yet.';

const words = (value: string | number) => String(value).replaceAll('_', ' ');

function row<T>(
  area: EffectiveRow['area'],
  name: string,
  sourced: Sourced<T>,
  print: (value: T) => string,
): EffectiveRow {
  const { value, from, replaced } = sourced;
  return {
    area,
    name,
    value: print(value),
    from,
    replaced: replaced ? { value: print(replaced.value), from: replaced.from } : null,
  };
}

/** The effective policy as a table: what holds, which document says so, and what that took the place of. */
export function effectiveRows(policy: EffectivePolicy): EffectiveRow[] {
  const rows: EffectiveRow[] = [];
  for (const [level, rule] of Object.entries(policy.classifications)) {
    rows.push(row('Classification', `${level}: encryption`, rule.encryption, words));
    const retention = retentionOf(policy, level) ?? rule.retention;
    rows.push(row('Retention', `${level} data is kept for`, retention, words));
  }
  for (const [role, rule] of Object.entries(policy.access)) {
    const print = (value: typeof rule.value) =>
      `${value.permissions.join(', ')} → ${value.dataAccess.join(', ')}`;
    rows.push(row('Access', role, rule, print));
  }
  if (policy.accessMode) {
    const isPlain = policy.accessMode.value === 'role_based';
    const mode = row('Access', 'mode', policy.accessMode, words);
    rows.push(isPlain ? mode : { ...mode, note: MODE_NOTE });
  }
  for (const [metric, { threshold, enforcement }] of Object.entries(policy.quality)) {
    rows.push(row('Quality', metric, threshold, words));
    rows.push(row('Quality', `${metric}: when missed`, enforcement, words));
  }
  for (const [regulation, rule] of Object.entries(policy.compliance)) {
    const print = (value: typeof rule.value) =>
      Object.entries(value)
        .map(([name, required]) =>
          required === true ? words(name) : `${words(name)}: ${String(required)}`,
        )
        .join(', ');
    rows.push(row('Compliance', regulation.toUpperCase(), rule, print));
  }
  const order = ['Classification', 'Retention', 'Access', 'Quality', 'Compliance'];
  return rows.sort((a, b) => order.indexOf(a.area) - order.indexOf(b.area));
}
