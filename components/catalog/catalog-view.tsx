import { Network } from 'lucide-react';
import type { ComponentProps } from 'react';
import { ButtonLink } from '@/components/ui/button';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { type CatalogPage, FACETS, type SavedSearch } from '@/lib/catalog';
import { BrowseShelves } from './browse-shelves';
import { CatalogFacets } from './catalog-facets';
import { CATALOG_PATH, one } from './catalog-query';
import { CatalogTable } from './catalog-table';
import { CompareTray } from './compare/compare-tray';
import { NothingFound } from './nothing-found';
import { ProductCard } from './product-card';
import { ResultsHead } from './results-head';
import { SavedSearches } from './saved-searches';
import { SearchBox } from './search-box';

interface ResultsProps {
  page: CatalogPage;
  query: Query;
  canCreate: boolean;
}

interface CatalogViewProps extends ResultsProps {
  saved: SavedSearch[];
  /** The words and filters of the address, as a saved search is written. */
  current: string;
  /** Null while something is searched. */
  shelves: ComponentProps<typeof BrowseShelves> | null;
}

export function CatalogView({ page, query, canCreate, saved, current, shelves }: CatalogViewProps) {
  const q = one(query.q);
  const kept = [...FACETS, 'sort', 'view'].flatMap((name) =>
    [query[name] ?? []].flat().map((value) => ({ name, value })),
  );
  return (
    <>
      <PageHeader
        title="Catalogue"
        description="Every data product of the organisation. Find one, see what it promises, read it."
        actions={
          <ButtonLink href="/catalog/map" icon={<Network />}>
            Domain map
          </ButtonLink>
        }
      />
      <SearchBox key={q} initial={q} kept={kept} />
      <SavedSearches searches={saved} current={current} />
      {shelves && <BrowseShelves {...shelves} />}
      <div className="mt-6 grid gap-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <CatalogFacets page={page} query={query} />
        <section aria-label="Products" className="min-w-0">
          <ResultsHead page={page} query={query} />
          <Results page={page} query={query} canCreate={canCreate} />
          <CatalogPagination page={page} query={query} />
          <CompareTray />
        </section>
      </div>
    </>
  );
}

function Results({ page, query, canCreate }: ResultsProps) {
  if (page.entries.length === 0) return <NothingFound query={query} canCreate={canCreate} />;
  if (one(query.view) === 'table') return <CatalogTable entries={page.entries} />;
  return (
    <ul className="grid gap-3 xl:grid-cols-2">
      {page.entries.map((entry) => (
        <ProductCard key={entry.id} entry={entry} />
      ))}
    </ul>
  );
}

function CatalogPagination({ page, query }: { page: CatalogPage; query: Query }) {
  const after = Number(one(query.after)) || 0;
  if (after === 0 && page.nextAfter === null) return null;
  const last = after + page.entries.length;
  const next = page.nextAfter === null ? null : String(page.nextAfter);
  return (
    <Pagination
      label="Pages of products"
      firstHref={after > 0 ? hrefWith(CATALOG_PATH, query, {}) : undefined}
      nextHref={next === null ? undefined : hrefWith(CATALOG_PATH, query, { after: next })}
      summary={page.entries.length > 0 ? `${after + 1}–${last}` : undefined}
    />
  );
}
