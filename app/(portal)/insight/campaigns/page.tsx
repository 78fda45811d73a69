import type { Metadata } from 'next';
import { CampaignsView } from '@/components/scorecards/campaigns-view';
import type { Query } from '@/components/ui/href';
import { listDomains } from '@/lib/catalog';
import { requireUserCtx } from '@/lib/http/context';
import { CampaignFilter, listCampaigns, RHYTHMS, scorecardChecks } from '@/lib/insight';

export const metadata: Metadata = { title: 'Campaigns' };

export default async function CampaignsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const { status, page } = CampaignFilter.shape;
  const filter = {
    status: status.safeParse(query.status).data ?? 'open',
    page: page.safeParse(query.page).data ?? 1,
  };
  const [list, words, domains] = await Promise.all([
    listCampaigns(ctx, filter),
    scorecardChecks(ctx),
    listDomains(ctx),
  ]);
  return (
    <CampaignsView
      list={list}
      status={filter.status}
      choices={{
        words,
        domains: domains.map(({ name, title }) => ({ name, title })),
        rhythms: [...RHYTHMS],
      }}
    />
  );
}
