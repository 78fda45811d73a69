export { audienceOf, thoseWhoMayFind } from './audience';
export {
  type CatalogueCheck,
  type CatalogueFact,
  checkCatalogue,
  type DryRun,
  DryRunRuleInput,
  dryRunRule,
  listRules,
  type RuleRow,
  ruleFacts,
} from './catalogue-check';
export { celFacts } from './cel/facts';
export { compileRule } from './cel/rule';
export {
  CertifyProductInput,
  certifyProduct,
  RenewCertificationInput,
  renewCertification,
} from './certification/certify-product';
export {
  endCertification,
  WithdrawCertificationInput,
  withdrawCertification,
} from './certification/end-certification';
export {
  CertificationPage,
  type CertificationRow,
  certifiedUntil,
  type ProductCertification,
  productCertification,
} from './certification/queries';
export { tellOfCertifications } from './certification/tell-of-certifications';
export { concerning } from './concerning';
export { decide, mayReadWhole, requireDecision, requireWholeRead } from './decide';
export type { Decision, DecisionProduct, DecisionRequest } from './decision';
export {
  discoverable,
  mayDiscover,
  requireVisibleProduct,
  visibleAmong,
  visibleProducts,
} from './discover';
export {
  type EffectivePolicy,
  encryptionRequired,
  type PolicyRef,
  refLabel,
  retentionOf,
} from './effective';
export { type EffectiveRow, effectiveRows } from './effective-rows';
export { productsHeldBy } from './holders';
export { holdsOn, isHeld } from './holds';
export { ActivatePolicyInput, activatePolicy, enforceDueGrace } from './lifecycle/activate-policy';
export type { DraftCheck } from './lifecycle/check-draft';
export {
  approveLoosening,
  discardPolicyDraft,
  PolicyDraftInput,
  submitPolicyDraft,
} from './lifecycle/decide-draft';
export { DraftPolicyInput, draftPolicy } from './lifecycle/draft-policy';
export {
  CheckPolicyInput,
  checkPolicy,
  getPolicyDraft,
  getPolicyVersion,
  type PolicyDraftView,
} from './lifecycle/queries';
export { SavePolicyDraftInput, savePolicyDraft } from './lifecycle/save-policy-draft';
export { policyJsonSchema } from './lifecycle/unknown-keys';
export { LRU } from './lru';
export { measuredOf } from './measured';
export { PlaygroundInput, type PlaygroundResult, tryDecision } from './playground';
export { effectivePolicy } from './policies';
export {
  getEffectivePolicy,
  getPolicy,
  listPolicies,
  listPolicyDomains,
  type PolicyDetail,
  type PolicySummary,
} from './policy-queries';
export { type AskedGrant, type GrantPreview, previewGrant, requestMeets } from './preview-grant';
export { requireSignedIn } from './require-signed-in';
export type { Finding } from './rule';
export { seedPolicies } from './seed-policies';
export { runSimulation } from './simulator/run-simulation';
export {
  exportSimulation,
  type FlipRow,
  getSimulation,
  removeOldSimulations,
  SimulatePolicyInput,
  SimulationFilter,
  type SimulationSummary,
  simulatePolicy,
} from './simulator/simulate-policy';
export {
  listTags,
  productTags,
  type SuggestedTag,
  suggestTags,
  TAG_STATES,
  TagFilter,
  type TagPage,
  type TagRow,
  type TagState,
} from './tags/queries';
export { previewTagMove, RetireTagInput, retireTag } from './tags/retire-tag';
export { currentTags, proposeTags, resolveTags } from './tags/use-tags';
export {
  ApproveTagInput,
  approveTag,
  CreateTagInput,
  createTag,
  UpdateTagInput,
  updateTag,
} from './tags/write-tag';
export { findingsOfAll, productsToCheck, validateProduct } from './validate';
export { DecideWaiverInput, decideWaiver } from './waivers/decide-waiver';
export { expireWaivers } from './waivers/expire-waivers';
export { listWaivers, WAIVER_STATES, WaiverFilter, type WaiverRow } from './waivers/queries';
export { RequestWaiverInput, requestWaiver } from './waivers/request-waiver';
