import type { Metadata } from 'next';
import { InsightView } from '@/components/insight/insight-view';
import type { Query } from '@/components/ui/href';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { listMetrics } from '@/lib/insight';
import { insightScope } from './scope';

export const metadata: Metadata = { title: 'Insight' };

export default async function InsightPage({ searchParams }: { searchParams: Promise<Query> }) {
  const scope = insightScope(await searchParams);
  const ctx = await requireUserCtx();
  const { period, metrics } = await orNotFound(() => listMetrics(ctx, scope));
  const mayShare = can(ctx, 'insight.share');
  return <InsightView scope={scope} period={period} metrics={metrics} mayShare={mayShare} />;
}
