import type { Metadata } from 'next';
import { PRODUCT_LIST_TABS, ProductsView } from '@/components/product-list/products-view';
import type { Query } from '@/components/ui/href';
import { listProducts } from '@/lib/catalog';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { listDrafts } from '@/lib/products/draft-queries';

export const metadata: Metadata = { title: 'Products' };

export default async function ProductsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const tab = PRODUCT_LIST_TABS.find((one) => one === query.tab) ?? 'mine';
  const after = /^\d{1,5}$/.test(String(query.after)) ? Number(query.after) : 0;
  const isDrafts = tab === 'drafts';
  const [page, drafts] = await Promise.all([
    // The tabs' counts are needed beside the drafts too.
    listProducts(ctx, isDrafts ? { limit: 1 } : { scope: tab, after }),
    isDrafts ? listDrafts(ctx) : [],
  ]);
  const canCreate = can(ctx, 'product.create');
  return <ProductsView tab={tab} page={page} drafts={drafts} after={after} canCreate={canCreate} />;
}
