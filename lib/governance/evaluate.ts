import type { DataProduct } from '@/lib/specs';
import type { EffectivePolicy } from './effective';
import type { Finding, GovernanceRule } from './rule';
import { accessRoles } from './rules/access-roles';
import { classification } from './rules/classification';
import { documentation } from './rules/documentation';
import { encryption } from './rules/encryption';
import { owner } from './rules/owner';
import { piiClassification } from './rules/pii-classification';
import { qualityCoverage } from './rules/quality-coverage';
import { retention } from './rules/retention';

/** A new rule is one file and one line here. */
export const GOVERNANCE_RULES: readonly GovernanceRule[] = [
  classification,
  owner,
  accessRoles,
  piiClassification,
  qualityCoverage,
  documentation,
  retention,
  encryption,
];

const ORDER = { error: 0, warning: 1, info: 2 };

/** What the policies in force say about a product, errors first. Errors stop it, the rest informs. */
export function evaluateDescriptor(descriptor: DataProduct, policy: EffectivePolicy): Finding[] {
  return GOVERNANCE_RULES.flatMap((rule) =>
    rule.evaluate({ descriptor, policy }).map((finding) => ({ ruleId: rule.id, ...finding })),
  ).sort((a, b) => ORDER[a.level] - ORDER[b.level]);
}
