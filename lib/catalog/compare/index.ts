export { type AlignedColumn, type ComparedColumn, joinedName } from './align';
export { type ComparedProduct, type Comparison, compareProducts } from './compare-products';
export { CompareInput } from './input';
