import type { Metadata } from 'next';
import { SatisfactionView } from '@/components/insight/satisfaction-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { SatisfactionInput, satisfaction } from '@/lib/insight';
import { insightScope } from '../scope';

export const metadata: Metadata = { title: 'Satisfaction' };

export default async function SatisfactionPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const { range } = insightScope(query);
  const page = SatisfactionInput.shape.page.safeParse([query.page].flat()[0]).data ?? 1;
  const ctx = await requireUserCtx();
  return <SatisfactionView range={range} found={await satisfaction(ctx, { range, page })} />;
}
