import type { Metadata } from 'next';
import { MetricView } from '@/components/insight/metric-view';
import type { Query } from '@/components/ui/href';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { getMetric, metricCatalogue, metricRows, RowsInput } from '@/lib/insight';
import { insightScope } from '../../scope';

interface MetricPageProps {
  params: Promise<{ metric: string }>;
  searchParams: Promise<Query>;
}

export async function generateMetadata({ params }: MetricPageProps): Promise<Metadata> {
  const { metric } = await params;
  return { title: metricCatalogue().find((one) => one.id === metric)?.title ?? 'Insight' };
}

export default async function MetricPage({ params, searchParams }: MetricPageProps) {
  const [{ metric }, query] = await Promise.all([params, searchParams]);
  const ctx = await requireUserCtx();
  const scope = insightScope(query);
  const page = RowsInput.shape.page.safeParse([query.page].flat()[0]).data ?? 1;
  const [detail, found] = await orNotFound(() =>
    Promise.all([getMetric(ctx, metric, scope), metricRows(ctx, metric, { ...scope, page })]),
  );
  const mayShare = can(ctx, 'insight.share');
  return <MetricView scope={scope} detail={detail} mayShare={mayShare} {...found} />;
}
