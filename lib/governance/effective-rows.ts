import type { EffectivePolicy, PolicyRef } from './effective';
import { type PolicyValue, policyValues } from './lifecycle/changes';

/** One value of an effective policy as a person reads it. */
export interface EffectiveRow {
  area: PolicyValue['area'];
  name: string;
  value: string;
  from: PolicyRef;
  replaced: { value: string; from: PolicyRef } | null;
  /** The domain asks for less here than the organisation. */
  isLooser: boolean;
  /** What a domain may do with this value of the organisation's. */
  overridable: 'yes' | 'tighten-only' | 'no';
  /** What a domain's document says and the organisation's lets no domain say: it does not hold. */
  refused: { value: string; from: PolicyRef } | null;
  note?: string;
}

const MODES: Record<string, string> = {
  attribute_based:
    'Roles and grants decide, personal data is read only for a stated purpose, and the policy’s conditions refuse what does not meet them.',
  strict_role_based:
    'Only people with a role in the domain read, and a grant never reaches further than their role.',
};

const printed = (value: unknown): string => {
  if (typeof value === 'object' && value !== null && 'permissions' in value) {
    const rule = value as { permissions: string[]; dataAccess: string[] };
    return `${rule.permissions.join(', ')} → ${rule.dataAccess.join(', ')}`;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value).replaceAll('_', ' ');
};

/** The effective policy as a table: what holds, which document says so, and what that took the place of. */
export function effectiveRows(policy: EffectivePolicy): EffectiveRow[] {
  const order = ['Classification', 'Retention', 'Access', 'Quality', 'Compliance', 'Rules'];
  return policyValues(policy)
    .map(({ area, name, value, sourced }): EffectiveRow => {
      const { from, replaced, refused, loosens, overridable } = sourced;
      const mode = name === 'mode' ? MODES[String(sourced.value)] : undefined;
      return {
        area,
        name,
        value,
        from,
        replaced: replaced ? { value: printed(replaced.value), from: replaced.from } : null,
        refused: refused ? { value: printed(refused.value), from: refused.from } : null,
        isLooser: loosens === true,
        overridable: overridable ?? 'yes',
        ...(mode && { note: mode }),
      };
    })
    .sort((a, b) => order.indexOf(a.area) - order.indexOf(b.area));
}
