export { type DiffRow, diffSnapshots, type SnapshotDiff } from './diff';
export { productMetadata } from './metadata';
export { openRows } from './open-rows';
export { type ProductPage, productDescriptor, productPage } from './product-page';
export { productUsage } from './product-usage';
export { resolveProduct } from './resolve';
export { listSnapshots, type SnapshotRow } from './snapshots';
export { OPERATORS, ROW_FORMATS, type RowFormat } from './types';
export { flushUsage } from './usage';
