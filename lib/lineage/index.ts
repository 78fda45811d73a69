export {
  LineageDepth,
  type LineageNode,
  MAX_DEPTH,
  type ProductLineage,
  productLineage,
} from './product-lineage';
