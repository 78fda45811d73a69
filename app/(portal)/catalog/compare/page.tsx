import type { Metadata } from 'next';
import { compareInputOf } from '@/components/catalog/compare/compare-input-of';
import { CompareNothing, CompareView } from '@/components/catalog/compare/compare-view';
import type { Query } from '@/components/ui/href';
import { compareProducts } from '@/lib/catalog';
import { requireUserCtx } from '@/lib/http/context';
import { productCosts } from '@/lib/insight';

export const metadata: Metadata = { title: 'Compare products' };

export default async function ComparePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const input = compareInputOf(query);
  if (!input) return <CompareNothing />;
  const comparison = await compareProducts(ctx, input);
  const addresses = comparison.products.map(({ address }) => address);
  const costs = await productCosts(ctx, addresses);
  return <CompareView comparison={comparison} costs={costs} query={query} />;
}
