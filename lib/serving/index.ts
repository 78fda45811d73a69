export { type ProductMetadata, productMetadata } from './metadata';
export { openRows } from './open-rows';
export {
  DEFAULT_JSON_LIMIT,
  MAX_JSON_LIMIT,
  RESERVED_PARAMETERS,
} from './parse-query';
export { type ProductPage, productDescriptor, productPage } from './product-page';
export { OPERATORS, ROW_FORMATS, type RowFormat } from './types';
export { flushUsage } from './usage';
