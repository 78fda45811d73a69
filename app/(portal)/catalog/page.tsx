import type { Metadata } from 'next';
import { CatalogView } from '@/components/catalog/catalog-view';
import { searchInputOf } from '@/components/catalog/search-input-of';
import type { Query } from '@/components/ui/href';
import { catalogSearchOf, listSavedSearches, searchCatalog } from '@/lib/catalog';
import { recentlyUsed } from '@/lib/community';
import { type Ctx, can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Catalogue' };

export default async function CatalogPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const current = catalogSearchOf(query);
  const [page, saved, shelves] = await Promise.all([
    searchCatalog(ctx, searchInputOf(query)),
    listSavedSearches(ctx),
    current || query.after ? null : shelvesOf(ctx),
  ]);
  return (
    <CatalogView
      page={page}
      query={query}
      saved={saved}
      current={current}
      shelves={shelves}
      canCreate={can(ctx, 'product.create')}
    />
  );
}

/** What stands above everything while nothing is searched. */
async function shelvesOf(ctx: Ctx) {
  const [recent, certified] = await Promise.all([
    recentlyUsed(ctx),
    searchCatalog(ctx, { certified: ['yes'], sort: 'popular', limit: 5 }),
  ]);
  return { recent, certified };
}
