import type { Metadata } from 'next';
import { DomainMapView } from '@/components/catalog/map/domain-map-view';
import type { Query } from '@/components/ui/href';
import { domainMap, domainUses } from '@/lib/catalog';
import { isAppError } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Domain map' };

export default async function DomainMapPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const [from, to] = [[query.from].flat()[0], [query.to].flat()[0]];
  const after = Math.max(0, Math.min(100_000, Math.trunc(Number([query.after].flat()[0])) || 0));
  const asked = from && to ? { from: from.slice(0, 63), to: to.slice(0, 63), after } : null;
  const [map, uses] = await Promise.all([
    domainMap(ctx),
    asked &&
      domainUses(ctx, asked).catch((error: unknown) => {
        // A domain that went: the map says what there is.
        if (isAppError(error) && error.code === 'not_found') return null;
        throw error;
      }),
  ]);
  return <DomainMapView map={map} uses={uses} query={query} />;
}
