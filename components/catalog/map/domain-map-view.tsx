import { Network } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { EmptyState } from '@/components/ui/states';
import type { DomainMap, DomainUses } from '@/lib/catalog';
import { MapFrame } from './map-frame';
import { MapList } from './map-list';
import { MapUses } from './map-uses';

interface DomainMapViewProps {
  map: DomainMap;
  /** The products behind the line that was chosen. */
  uses: DomainUses | null;
  query: Query;
}

/** The domains of the mesh, and who uses whose products. */
export function DomainMapView({ map, uses, query }: DomainMapViewProps) {
  const { domains, edges, moreDomains, moreEdges } = map;
  const more = [
    moreDomains > 0 && `${moreDomains.toLocaleString('en')} more domains, with fewer products`,
    moreEdges > 0 && `${moreEdges.toLocaleString('en')} more lines, with less use`,
  ].filter(Boolean);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        className="mb-0"
        title="Domain map"
        description="The domains by how many products they have, and who uses whose."
        crumbs={[{ label: 'Catalogue', href: '/catalog' }, { label: 'Domain map' }]}
        actions={<ButtonLink href="/lineage">Lineage of the products</ButtonLink>}
      />
      {domains.length === 0 ? (
        <Card>
          <EmptyState
            icon={<Network />}
            title="No domains yet"
            description="A domain appears here once it is created."
          />
        </Card>
      ) : (
        <>
          <Card
            title="Who uses whose products"
            description="A line goes from the domain that gives to the one that uses. It counts products made from others, grants in force and reads of the last 30 days. What people do in a domain of their own is not counted."
          >
            <MapFrame map={map} chosen={uses && { from: uses.from.name, to: uses.to.name }} />
            {edges.length === 0 && (
              <p className="mt-3 text-sm text-muted">
                No domain uses another’s products yet. Lines appear with the first read, grant or
                product across a border.
              </p>
            )}
            {more.length > 0 && <p className="mt-3 text-sm text-muted">And {more.join('; ')}.</p>}
          </Card>
          {uses && <MapUses uses={uses} query={query} />}
          <MapList map={map} />
        </>
      )}
    </div>
  );
}
