import type { Metadata } from 'next';
import { SharesView } from '@/components/insight/shares-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { ListSharesInput, listShares } from '@/lib/insight';

export const metadata: Metadata = { title: 'Share links' };

export default async function SharesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const one = (name: string) => [query[name]].flat()[0];
  const of = ListSharesInput.shape.of.safeParse(one('of')).data ?? 'mine';
  const page = ListSharesInput.shape.page.safeParse(one('page')).data ?? 1;
  const ctx = await requireUserCtx();
  return <SharesView found={await orNotFound(() => listShares(ctx, { of, page }))} />;
}
