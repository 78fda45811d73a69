export { decide, requireDecision } from './decide';
export type { Decision, DecisionProduct, DecisionRequest } from './decision';
export {
  type EffectivePolicy,
  encryptionRequired,
  type PolicyRef,
  refLabel,
  retentionOf,
  type Sourced,
} from './effective';
export { type EffectiveRow, effectiveRows } from './effective-rows';
export { evaluateDescriptor } from './evaluate';
export {
  effectivePolicy,
  effectivePolicyWith,
  getEffectivePolicy,
  getPolicy,
  listPolicies,
  listPolicyDomains,
  type PolicyDetail,
  type PolicyInGrace,
  type PolicySummary,
  policiesInGrace,
} from './policies';
export { requireSignedIn } from './require-signed-in';
export type { Finding } from './rule';
export { seedPolicies } from './seed-policies';
