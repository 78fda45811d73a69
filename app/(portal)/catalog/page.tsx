import type { Metadata } from 'next';
import { CatalogView } from '@/components/catalog/catalog-view';
import { searchInputOf } from '@/components/catalog/search-input-of';
import type { Query } from '@/components/ui/href';
import { catalogSearchOf, listSavedSearches, searchCatalog } from '@/lib/catalog';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Catalogue' };

export default async function CatalogPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const [page, saved] = await Promise.all([
    searchCatalog(ctx, searchInputOf(query)),
    listSavedSearches(ctx),
  ]);
  return (
    <CatalogView
      page={page}
      query={query}
      saved={saved}
      current={catalogSearchOf(query)}
      canCreate={can(ctx, 'product.create')}
    />
  );
}
