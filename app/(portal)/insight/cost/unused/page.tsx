import type { Metadata } from 'next';
import { UnusedView } from '@/components/insight/cost/unused-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { UNUSED_DAYS, UnusedInput, unusedProducts } from '@/lib/insight';

export const metadata: Metadata = { title: 'Unused products' };

export default async function UnusedPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const { data = UnusedInput.parse({}) } = UnusedInput.safeParse(query);
  const ctx = await requireUserCtx();
  const found = await orNotFound(() => unusedProducts(ctx, data));
  return <UnusedView domain={data.domain} choices={UNUSED_DAYS} {...found} />;
}
