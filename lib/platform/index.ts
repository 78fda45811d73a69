export { activePlatform, seedPlatform } from './document';
export {
  CAPABILITIES,
  type Capability,
  type Driver,
  type DriverCtx,
  type DriverProduct,
  type DriverServices,
  type DriverState,
  type PlanFacts,
} from './drivers/define-driver';
export { driverOfKind } from './drivers/registry';
export { dropAdopted, takeOver } from './etl/adopt-snapshot';
export { buildSnapshot } from './etl/build-snapshot';
export { type Candidate, candidateOf } from './etl/candidate';
export { filesForOwner } from './etl/owner-read';
export { type EtlSpec, etlSpecSchema } from './etl/spec';
export { stepsSql } from './etl/steps';
export { type PlatformCapability, type PlatformOverview, platformOverview } from './overview';
export { type PlannedStep, planSteps } from './plan';
export { withProductLock } from './product-lock';
export { deriveSnapshot, QUARANTINE, selecting, serveInstead } from './snapshots/derive';
export { readSnapshot } from './snapshots/read';
export { type FileProof, rewriteSnapshot } from './snapshots/rewrite';
export { discardSnapshots, lakeRoot, removeLakePath, snapshotFiles } from './snapshots/store';
export {
  type CapabilityHealth,
  resolveDrivers,
} from './template-health';
