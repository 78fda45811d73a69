export { ColumnInput, type ColumnLineage, columnLineage } from './columns/column-lineage';
export { deriveDueLineage } from './columns/derive-due';
export { type Impact, ImpactInput, lineageImpact } from './impact';
export { MeshInput, type MeshLineage, meshLineage } from './mesh-lineage';
export { openLineageJob } from './open-lineage';
export {
  LineageInput,
  type LineageNode,
  type ProductLineage,
  productLineage,
} from './product-lineage';
