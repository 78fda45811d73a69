export { productMetadata } from './metadata';
export { openRows } from './open-rows';
export { type ProductPage, productDescriptor, productPage } from './product-page';
export { productUsage } from './product-usage';
export { resolveProduct } from './resolve';
export { OPERATORS, ROW_FORMATS, type RowFormat } from './types';
export { flushUsage } from './usage';
