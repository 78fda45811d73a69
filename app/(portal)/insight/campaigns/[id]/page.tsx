import type { Metadata } from 'next';
import { CampaignView } from '@/components/scorecards/campaign-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { CampaignPage, getCampaign } from '@/lib/insight';

export const metadata: Metadata = { title: 'Campaign' };

interface CampaignRouteProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Query>;
}

export default async function CampaignRoute({ params, searchParams }: CampaignRouteProps) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const ctx = await requireUserCtx();
  const { mine, state, page } = CampaignPage.shape;
  const filter = {
    mine: mine.safeParse(query.mine).data,
    state: state.safeParse(query.state).data,
    page: page.safeParse(query.page).data ?? 1,
  };
  const campaign = await orNotFound(() => getCampaign(ctx, id, filter));
  return <CampaignView campaign={campaign} filter={filter} query={query} />;
}
