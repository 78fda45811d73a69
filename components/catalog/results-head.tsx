import { LayoutGrid, Rows3 } from 'lucide-react';
import Link from 'next/link';
import { countText } from '@/components/products/labels';
import { cn } from '@/components/ui/cn';
import { hrefWith, type Query } from '@/components/ui/href';
import { Tabs } from '@/components/ui/tabs';
import { CATALOG_SORTS, type CatalogPage, type CatalogSort } from '@/lib/catalog';
import { CATALOG_PATH, one } from './catalog-query';

const SORTS: Record<CatalogSort, string> = {
  relevance: 'Relevance',
  popular: 'Popular',
  rating: 'Rating',
  newest: 'Newest',
  name: 'Name',
  quality: 'Quality',
};

/** How many there are, in which order, and as what. */
export function ResultsHead({ page, query }: { page: CatalogPage; query: Query }) {
  const q = one(query.q);
  const total = page.isCapped ? `${countText(page.total)}+` : countText(page.total);
  const sorts = q ? CATALOG_SORTS : CATALOG_SORTS.filter((sort) => sort !== 'relevance');
  const chosen = sorts.find((sort) => sort === query.sort) ?? sorts[0]!;
  const hrefOf = (sort: CatalogSort) => hrefWith(CATALOG_PATH, query, { sort });
  return (
    <div className="mb-3">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
        <p className="py-2 text-base text-muted" aria-live="polite">
          <span className="tabular font-medium text-ink">{total}</span>{' '}
          {page.total === 1 ? 'product' : 'products'}
          {q && ' for '}
          {q && <span className="break-all">“{page.corrected ?? q}”</span>}
        </p>
        <div className="flex min-w-0 items-center gap-3">
          <Tabs
            label="Sort by"
            className="min-w-0"
            items={sorts.map((sort) => ({ href: hrefOf(sort), label: SORTS[sort] }))}
            current={hrefOf(chosen)}
          />
          <ViewSwitch query={query} />
        </div>
      </div>
      {page.corrected && (
        <p className="text-base">
          Nothing has “<span className="break-all">{q}</span>”. These match{' '}
          <Link href={hrefWith(CATALOG_PATH, query, { q: page.corrected })} className="link">
            {page.corrected}
          </Link>
          .
        </p>
      )}
    </div>
  );
}

const VIEWS = [
  { view: null, label: 'Cards', icon: LayoutGrid },
  { view: 'table', label: 'Table', icon: Rows3 },
] as const;

function ViewSwitch({ query }: { query: Query }) {
  const current = one(query.view) === 'table' ? 'table' : null;
  return (
    <nav aria-label="Show as" className="flex shrink-0 rounded-md border bg-surface p-0.5">
      {VIEWS.map(({ view, label, icon: Icon }) => (
        <Link
          key={label}
          href={hrefWith(CATALOG_PATH, { ...query }, { view, after: one(query.after) || null })}
          scroll={false}
          aria-label={label}
          title={label}
          aria-current={current === view ? 'true' : undefined}
          className={cn(
            'inline-flex size-8 items-center justify-center rounded-sm text-muted hover:text-ink',
            current === view && 'bg-accent-soft text-accent-ink',
          )}
        >
          <Icon className="size-4" aria-hidden />
        </Link>
      ))}
    </nav>
  );
}
