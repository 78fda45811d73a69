export {
  type Decision,
  type DecisionProduct,
  type DecisionRequest,
  decide,
  requireDecision,
} from './decide';
export {
  type EffectivePolicy,
  encryptionRequired,
  type PolicyRef,
  refLabel,
  retentionOf,
  type Sourced,
} from './effective';
export { evaluateDescriptor } from './evaluate';
export {
  effectivePolicy,
  getPolicy,
  listPolicies,
  type PolicyDetail,
  type PolicySummary,
} from './policies';
export { requireSignedIn } from './require-signed-in';
export type { Finding, FindingLevel } from './rule';
export { seedPolicies } from './seed-policies';
