import type { Metadata } from 'next';
import { DashboardView } from '@/components/insight/dashboard-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { getDashboard } from '@/lib/insight';
import { insightScope } from '../scope';

interface DashboardPageProps {
  params: Promise<{ dashboard: string }>;
  searchParams: Promise<Query>;
}

export const metadata: Metadata = { title: 'Insight' };

export default async function DashboardPage({ params, searchParams }: DashboardPageProps) {
  const [{ dashboard: id }, query] = await Promise.all([params, searchParams]);
  const ctx = await requireUserCtx();
  const scope = insightScope(query);
  const dashboard = await orNotFound(() => getDashboard(ctx, id, scope));
  return <DashboardView scope={scope} dashboard={dashboard} />;
}
