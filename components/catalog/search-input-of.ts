import type { Query } from '@/components/ui/href';
import { FACETS, SearchCatalogInput } from '@/lib/catalog/search-input';

/** An address's parameters as a search: what is not understood is left out, not refused. */
export function searchInputOf(query: Query): SearchCatalogInput {
  const first = Object.fromEntries(
    ['q', 'sort', 'limit', 'after'].map((name) => [name, [query[name] ?? []].flat()[0]]),
  );
  const lists = Object.fromEntries(FACETS.map((name) => [name, query[name]]));
  const given = { ...first, ...lists, q: first.q?.slice(0, 200) } as Record<string, unknown>;
  const issues = SearchCatalogInput.safeParse(given).error?.issues ?? [];
  for (const { path } of issues) delete given[String(path[0])];
  return given as SearchCatalogInput;
}
