export {
  type ListedProduct,
  listProducts,
  type ProductListPage,
} from './product-list';
export { searchCatalog, suggestProducts } from './search';
export {
  CATALOG_SORTS,
  type CatalogSort,
  SearchCatalogInput,
} from './search-input';
export type { CatalogEntry, CatalogPage, CatalogSuggestion, FacetCount } from './types';
