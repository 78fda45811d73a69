import type { Metadata } from 'next';
import { WaiversView } from '@/components/governance/waivers-view';
import type { Query } from '@/components/ui/href';
import { listWaivers, WaiverFilter } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Waivers' };

export default async function WaiversPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const one = (name: string) => [query[name] ?? []].flat()[0];
  const filter = WaiverFilter.parse({ status: one('status'), after: one('after') });
  const page = await listWaivers(ctx, filter);
  return <WaiversView {...page} query={query} status={filter.status ?? null} />;
}
