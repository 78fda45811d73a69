export {
  abortReason,
  closeLake,
  type LakeOptions,
  type Lease,
  leaseConnection,
  openLake,
  withConnection,
} from './engine';
export { csvOf, exportParquet, ndjsonOf } from './export';
export {
  type LakePaths,
  lakePaths,
  lakeUsage,
  removeSnapshotFiles,
  resolveLakeFile,
  sha256OfFile,
} from './files';
export { loadMasterKey, unwrapKey, wrapKey } from './keys';
export {
  describeColumns,
  type QueryOptions,
  queryRows,
  type ResultColumn,
  type RowStream,
  streamRows,
} from './rows';
export { type LakeFile, openFiles, type StoredFile, scanSql, withKeys } from './scan';
export {
  type SnapshotTarget,
  type WriteSnapshotInput,
  type WrittenFile,
  type WrittenSnapshot,
  writeSnapshot,
} from './snapshot';
export type { Json } from './values';
