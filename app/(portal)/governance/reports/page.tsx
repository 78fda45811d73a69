import type { Metadata } from 'next';
import { ReportsView } from '@/components/community/reports-view';
import type { Query } from '@/components/ui/href';
import { NotForYou } from '@/components/ui/not-for-you';
import { listReports, ReportFilter } from '@/lib/community';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Reports' };

export default async function ReportsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  if (!can(ctx, 'community.moderate'))
    return <NotForYou page="Reports" who="Reports are for stewards" />;
  const one = (name: string) => [query[name] ?? []].flat()[0];
  const filter = ReportFilter.parse({
    status: one('status'),
    after: one('after')?.slice(0, 100),
  });
  return (
    <ReportsView
      {...(await listReports(ctx, filter))}
      query={query}
      status={filter.status ?? null}
    />
  );
}
