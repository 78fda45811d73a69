import type { Metadata } from 'next';
import { CatalogView } from '@/components/catalog/catalog-view';
import { searchInputOf } from '@/components/catalog/search-input-of';
import type { Query } from '@/components/ui/href';
import { searchCatalog } from '@/lib/catalog';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Catalogue' };

export default async function CatalogPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const page = await searchCatalog(ctx, searchInputOf(query));
  return <CatalogView page={page} query={query} canCreate={can(ctx, 'product.create')} />;
}
