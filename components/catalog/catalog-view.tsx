import { SlidersHorizontal } from 'lucide-react';
import { countText, statusLabel, titleCase } from '@/components/products/labels';
import { ButtonLink } from '@/components/ui/button';
import { Facets } from '@/components/ui/facets';
import { hrefToggling, hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { EmptyState } from '@/components/ui/states';
import { Tabs } from '@/components/ui/tabs';
import { CATALOG_SORTS, type CatalogPage, type CatalogSort, type FacetCount } from '@/lib/catalog';
import { ProductCard } from './product-card';
import { SearchBox } from './search-box';

const PATH = '/catalog';
const FACETS = ['domain', 'classification', 'status', 'tag'] as const;
type FacetName = (typeof FACETS)[number];
const FACET_TITLES: Record<FacetName, string> = {
  domain: 'Domain',
  classification: 'Classification',
  status: 'Status',
  tag: 'Tag',
};
const SORT_LABELS: Record<CatalogSort, string> = {
  relevance: 'Relevance',
  name: 'Name',
  newest: 'Newest',
  popular: 'Popular',
  quality: 'Quality',
};

interface CatalogViewProps {
  page: CatalogPage;
  query: Query;
  canCreate: boolean;
}

export function CatalogView({ page, query, canCreate }: CatalogViewProps) {
  const q = one(query.q);
  const kept = [...FACETS, 'sort'].flatMap((name) =>
    [query[name] ?? []].flat().map((value) => ({ name, value })),
  );
  return (
    <>
      <PageHeader
        title="Catalogue"
        description="Every data product of the organisation. Find one, see what it promises, read it."
      />
      <SearchBox key={q} initial={q} kept={kept} />
      <div className="mt-6 grid gap-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <div>
          <details className="group rounded-lg border bg-surface p-3 lg:hidden">
            <summary className="flex cursor-pointer items-center gap-2 font-medium">
              <SlidersHorizontal className="size-4" aria-hidden /> Filters
            </summary>
            <div className="mt-3">
              <CatalogFacets page={page} query={query} label="Filters (narrow screen)" />
            </div>
          </details>
          <div className="hidden lg:block">
            <CatalogFacets page={page} query={query} label="Filters" />
          </div>
        </div>
        <section aria-label="Products" className="min-w-0">
          <ResultsHead page={page} query={query} />
          {page.entries.length === 0 ? (
            <NothingFound query={query} canCreate={canCreate} />
          ) : (
            <ul className="grid gap-3 xl:grid-cols-2">
              {page.entries.map((entry) => (
                <ProductCard key={entry.id} entry={entry} />
              ))}
            </ul>
          )}
          <CatalogPagination page={page} query={query} />
        </section>
      </div>
    </>
  );
}

function one(value: string | string[] | undefined): string {
  return [value ?? ''].flat()[0] ?? '';
}

interface PartProps {
  page: CatalogPage;
  query: Query;
}

function CatalogFacets({ page, query, label }: PartProps & { label: string }) {
  const groups = FACETS.map((name) => ({
    title: FACET_TITLES[name],
    options: withChosen(page.facets[name], [query[name] ?? []].flat()).map((facet) => ({
      label: facetLabel(name, facet),
      count: facet.count,
      href: hrefToggling(PATH, query, name, facet.value),
      isSelected: [query[name] ?? []].flat().includes(facet.value),
    })),
  }));
  const cleared = Object.fromEntries(FACETS.map((name) => [name, null]));
  return <Facets label={label} groups={groups} clearHref={hrefWith(PATH, query, cleared)} />;
}

/** A chosen value stays in the list even when nothing matches it, so that it can be taken away. */
function withChosen(facets: FacetCount[], chosen: string[]): FacetCount[] {
  const missing = chosen.filter((value) => !facets.some((facet) => facet.value === value));
  return [...facets, ...missing.map((value) => ({ value, label: value, count: 0 }))];
}

function facetLabel(name: FacetName, facet: FacetCount): string {
  if (name === 'status') return statusLabel(facet.value).text;
  return name === 'classification' ? titleCase(facet.value) : facet.label;
}

function ResultsHead({ page, query }: PartProps) {
  const q = one(query.q);
  const total = page.isCapped ? `${countText(page.total)}+` : countText(page.total);
  const noun = page.total === 1 ? 'product' : 'products';
  const sorts = q ? CATALOG_SORTS : CATALOG_SORTS.filter((sort) => sort !== 'relevance');
  const chosen = sorts.find((sort) => sort === query.sort) ?? (q ? 'relevance' : 'name');
  const hrefOf = (sort: CatalogSort) => hrefWith(PATH, query, { sort });
  return (
    <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
      <p className="py-2 text-base text-muted" aria-live="polite">
        <span className="tabular font-medium text-ink">{total}</span> {noun}
        {q && (
          <>
            {' '}
            for “<span className="break-all">{q}</span>”
          </>
        )}
      </p>
      <Tabs
        label="Sort by"
        items={sorts.map((sort) => ({ href: hrefOf(sort), label: SORT_LABELS[sort] }))}
        current={hrefOf(chosen)}
      />
    </div>
  );
}

function NothingFound({ query, canCreate }: { query: Query; canCreate: boolean }) {
  const isNarrowed = one(query.q) !== '' || FACETS.some((name) => query[name]);
  if (isNarrowed) {
    return (
      <EmptyState
        title="Nothing matches"
        description="Try fewer words or filters. Names, columns, tags, owners and documentation are all searched."
        actions={<ButtonLink href={PATH}>Show everything</ButtonLink>}
      />
    );
  }
  return (
    <EmptyState
      title="The catalogue is empty"
      description="A data product appears here as soon as somebody has created one."
      actions={
        canCreate && (
          <ButtonLink href="/products/new" variant="primary">
            Create the first product
          </ButtonLink>
        )
      }
    />
  );
}

function CatalogPagination({ page, query }: PartProps) {
  const after = Number(one(query.after)) || 0;
  if (after === 0 && page.nextAfter === null) return null;
  const last = after + page.entries.length;
  return (
    <Pagination
      label="Pages of products"
      firstHref={after > 0 ? hrefWith(PATH, query, {}) : undefined}
      nextHref={
        page.nextAfter === null
          ? undefined
          : hrefWith(PATH, query, { after: String(page.nextAfter) })
      }
      summary={page.entries.length > 0 ? `${after + 1}–${last}` : undefined}
    />
  );
}
