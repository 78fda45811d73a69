import type { Metadata } from 'next';
import { AcrossView } from '@/components/quality/across-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { AcrossFilter, incidentsAcross, openIncidents } from '@/lib/quality';

export const metadata: Metadata = { title: 'Quality incidents' };

export default async function IncidentsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const one = (name: string) => [query[name] ?? []].flat()[0];
  const names = Object.keys(AcrossFilter.shape);
  const filter = AcrossFilter.parse(Object.fromEntries(names.map((name) => [name, one(name)])));
  const [page, open] = await Promise.all([incidentsAcross(ctx, filter), openIncidents(ctx)]);
  return <AcrossView {...page} query={query} filter={filter} open={open} />;
}
