export { AcknowledgeChangeInput, acknowledgeChange } from './acknowledge-change';
export { activateVersion } from './activate-version';
export { type ChangeCheck, CheckChangeInput, checkChange } from './check-change';
export { FollowNewestInput, followNewest, type PinnedInput, pinnedInputs } from './follow-newest';
export type { Impact } from './impact';
export { OverrideGateInput, overrideGate } from './override-gate';
export { ProposeChangeInput, proposeChange } from './propose-change';
export {
  diffVersions,
  listVersions,
  type OldVersion,
  type OpenChange,
  oldVersions,
  openChange,
  type VersionRow,
  type VersionsDiff,
} from './queries';
export { EndVersionInput, endVersion, sunsetRun } from './sunset';
export { VersionInput, withdrawChange } from './withdraw-change';
