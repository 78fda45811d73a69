export {
  type AlignedColumn,
  type ComparedColumn,
  type ComparedProduct,
  CompareInput,
  type Comparison,
  compareProducts,
  joinedName,
} from './compare';
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
  type DomainMap,
  type DomainUse,
  type DomainUses,
  DomainUsesInput,
  domainMap,
  domainUses,
  type MapEdge,
} from './map';
export {
  type ListedProduct,
  listProducts,
  type ProductListPage,
} from './product-list';
export { refreshReaders } from './refresh-readers';
export {
  catalogSearchOf,
  DeleteSearchInput,
  deleteSearch,
  listSavedSearches,
  type SavedSearch,
  SaveSearchInput,
  saveSearch,
  tellOfMatches,
  UpdateSearchInput,
  updateSearch,
} from './saved';
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
