export { ColumnInput, type ColumnLineage, columnLineage } from './columns/column-lineage';
export { deriveDueLineage } from './columns/derive-due';
export type { ExternalJobNode } from './external/around';
export type { ColumnPlace } from './external/columns-beside';
export { LineageEventsInput, lineageEvents } from './external/history';
export { ingestLineage } from './external/ingest';
export { removeOldLineage } from './external/remove-old';
export { type Impact, ImpactInput, lineageImpact } from './impact';
export { MeshInput, type MeshLineage, meshLineage } from './mesh-lineage';
export { openLineageJob } from './open-lineage';
export {
  LineageInput,
  type LineageNode,
  type ProductLineage,
  productLineage,
} from './product-lineage';
