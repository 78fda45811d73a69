import type { Metadata } from 'next';
import { ViolationsView } from '@/components/compliance/violations-view';
import type { Query } from '@/components/ui/href';
import { NotForYou } from '@/components/ui/not-for-you';
import { complianceOverview, listViolations, ViolationFilter } from '@/lib/compliance';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Violations' };

export default async function ViolationsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  if (!can(ctx, 'compliance.read')) {
    return <NotForYou page="Violations" who="Violations are for people who publish data" />;
  }
  const one = (name: string) => [query[name] ?? []].flat()[0];
  const names = Object.keys(ViolationFilter.shape);
  const filter = ViolationFilter.parse(Object.fromEntries(names.map((name) => [name, one(name)])));
  const [page, overview] = await Promise.all([
    listViolations(ctx, filter),
    complianceOverview(ctx),
  ]);
  return <ViolationsView {...page} query={query} filter={filter} overview={overview} />;
}
