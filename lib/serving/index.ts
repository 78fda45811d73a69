export { requireReader } from './decide-read';
export { type DiffRow, diffSnapshots, type SnapshotDiff } from './diff';
export { createGate, type Gate } from './gate';
export { productMetadata } from './metadata';
export { openRows } from './open-rows';
export {
  downloadRefusal,
  type OpenTable,
  openTable,
  type QueryPort,
  readableColumns,
} from './open-table';
export { type ProductPage, productDescriptor, productPage } from './product-page';
export { productUsage } from './product-usage';
export { resolveProduct } from './resolve';
export { listSnapshots, type SnapshotRow } from './snapshots';
export { OPERATORS, ROW_FORMATS, type RowFormat } from './types';
export { flushUsage, recordUsage } from './usage';
