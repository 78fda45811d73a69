export { DeleteSearchInput, deleteSearch } from './delete-search';
export { catalogSearchOf } from './input';
export { listSavedSearches, type SavedSearch } from './queries';
export { SaveSearchInput, saveSearch } from './save-search';
export { tellOfMatches } from './tell-of-matches';
export { UpdateSearchInput, updateSearch } from './update-search';
