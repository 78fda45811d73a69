export {
  contractAt,
  isOlderVersion,
  type OwnContract,
  versionEnvironment,
} from './contract-environment';
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
export { readableForOwner } from './etl/owner-read';
export { type EtlSpec, etlSpecSchema } from './etl/spec';
export { stepsSql } from './etl/steps';
export { type PlatformCapability, type PlatformOverview, platformOverview } from './overview';
export { type PlannedStep, planSteps } from './plan';
export { withProductLock } from './product-lock';
export { deriveSnapshot, QUARANTINE, selecting, serveInstead } from './snapshots/derive';
export { maskProblem, type Narrowing, narrowedFor } from './snapshots/narrow';
export { optOuts, type ReadableSnapshot, readableSnapshot, sealOptOut } from './snapshots/opt-outs';
export { readSnapshot } from './snapshots/read';
export { type FileProof, rewriteSnapshot } from './snapshots/rewrite';
export { discardSnapshots, lakeRoot, removeLakePath, snapshotFiles } from './snapshots/store';
export { normalise, personalColumns, subjectCondition } from './snapshots/subject';
export {
  type CapabilityHealth,
  resolveDrivers,
} from './template-health';
