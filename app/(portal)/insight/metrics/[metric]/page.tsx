import type { Metadata } from 'next';
import { MetricView } from '@/components/insight/metric-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import {
  getMetric,
  metricCatalogue,
  metricChart,
  metricMarks,
  metricRows,
  RowsInput,
} from '@/lib/insight';
import { insightScope, mayShareView } from '../../scope';

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
  const [detail, happened, found] = await orNotFound(() =>
    Promise.all([
      getMetric(ctx, metric, scope),
      metricMarks(ctx, metric, scope),
      metricRows(ctx, metric, { ...scope, page }),
    ]),
  );
  const chart = metricChart(detail, detail.targetSteps);
  const mayShare = mayShareView(ctx, scope);
  return <MetricView {...{ scope, detail, chart, happened, mayShare }} {...found} />;
}
