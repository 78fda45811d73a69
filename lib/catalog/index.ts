export {
  type DomainDetail,
  type DomainMember,
  type DomainProduct,
  type DomainSummary,
  getDomain,
  listDomains,
  type ProductHealth,
} from './domains';
export {
  type ListedProduct,
  listProducts,
  type ProductListPage,
} from './product-list';
export { searchCatalog } from './search';
export {
  CATALOG_SORTS,
  type CatalogSort,
  FACETS,
  type FacetName,
  SearchCatalogInput,
} from './search-input';
export { suggestCatalog } from './suggest';
export type {
  CatalogEntry,
  CatalogPage,
  CatalogSuggestions,
  FacetCount,
  Match,
  MatchField,
} from './types';
