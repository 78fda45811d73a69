export { abortReason, closeLake, type Lease, leaseConnection, openLake } from './engine';
export { csvOf, exportParquet, ndjsonOf } from './export';
export { lakePaths, lakeUsage, removeSnapshotFiles, resolveLakeFile, sha256OfFile } from './files';
export { unwrapKey, wrapKey } from './keys';
export { describeColumns, queryRows, streamRows } from './rows';
export { type LakeFile, limited, openFiles, scanSql, withKeys } from './scan';
export { type WrittenFile, writeSnapshot } from './snapshot';
export type { Json } from './values';
