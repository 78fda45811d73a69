export { ColumnInput, type ColumnLineage, columnLineage } from './columns/column-lineage';
export { deriveDueLineage } from './columns/derive-due';
export { type Impact, ImpactInput, lineageImpact } from './impact';
export { MeshInput, type MeshLineage, meshLineage } from './mesh-lineage';
export { type OpenLineageJob, openLineageJob } from './open-lineage';
export {
  DIRECTIONS,
  type Direction,
  LineageInput,
  type LineageNode,
  MAX_DEPTH,
  type ProductLineage,
  productLineage,
} from './product-lineage';
