import type { Metadata } from 'next';
import { compareInputOf } from '@/components/catalog/compare/compare-input-of';
import { CompareNothing, CompareView } from '@/components/catalog/compare/compare-view';
import type { Query } from '@/components/ui/href';
import { compareProducts } from '@/lib/catalog';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Compare products' };

export default async function ComparePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const input = compareInputOf(query);
  if (!input) return <CompareNothing />;
  return <CompareView comparison={await compareProducts(ctx, input)} query={query} />;
}
