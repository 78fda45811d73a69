export { decide, requireDecision } from './decide';
export type { Decision, DecisionProduct, DecisionRequest } from './decision';
export {
  type EffectivePolicy,
  encryptionRequired,
  type PolicyRef,
  refLabel,
  retentionOf,
} from './effective';
export { type EffectiveRow, effectiveRows } from './effective-rows';
export { evaluateDescriptor } from './evaluate';
export {
  effectivePolicy,
  getEffectivePolicy,
  getPolicy,
  listPolicies,
  listPolicyDomains,
  type PolicyDetail,
  type PolicySummary,
} from './policies';
export { requireSignedIn } from './require-signed-in';
export type { Finding } from './rule';
export { seedPolicies } from './seed-policies';
