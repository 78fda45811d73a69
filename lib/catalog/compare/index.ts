export type { AlignedColumn, ComparedColumn } from './align';
export { type ComparedProduct, type Comparison, compareProducts } from './compare-products';
export { CompareInput } from './input';
