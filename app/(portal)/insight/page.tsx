import type { Metadata } from 'next';
import { InsightView } from '@/components/insight/insight-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { getDashboard } from '@/lib/insight';
import { insightScope, mayShareView } from './scope';

export const metadata: Metadata = { title: 'Insight' };

export default async function InsightPage({ searchParams }: { searchParams: Promise<Query> }) {
  const scope = insightScope(await searchParams);
  const ctx = await requireUserCtx();
  const dashboard = await orNotFound(() => getDashboard(ctx, 'overview', scope));
  return <InsightView scope={scope} dashboard={dashboard} mayShare={mayShareView(ctx, scope)} />;
}
