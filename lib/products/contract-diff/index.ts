export type { ContractChange, ContractDiff } from './change';
export { diffContracts } from './diff';
export { bumped, compareVersions, majorOf, parsePin } from './version';
