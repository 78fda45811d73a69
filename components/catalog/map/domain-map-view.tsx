import { Network } from 'lucide-react';
import Link from 'next/link';
import { statusLabel } from '@/components/products/labels';
import { StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { DomainMap, DomainUses } from '@/lib/catalog';
import { MapFrame } from './map-frame';
import { MapList } from './map-list';
import { MAP_PATH, usedText } from './map-words';

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
          {uses && <Uses uses={uses} query={query} />}
          <MapList map={map} />
        </>
      )}
    </div>
  );
}

function Uses({ uses, query }: { uses: DomainUses; query: Query }) {
  const { from, to, products, nextAfter } = uses;
  const title = `What ${to.title} uses of ${from.title}`;
  const after = Number([query.after].flat()[0]) || 0;
  return (
    <Card
      id="uses"
      title={title}
      flush
      actions={
        <ButtonLink size="sm" href={MAP_PATH} scroll={false}>
          Close
        </ButtonLink>
      }
    >
      <Table
        caption={title}
        rows={products}
        rowKey={({ address }) => address}
        empty={
          <EmptyState
            title="Nothing, as far as you may see"
            description="No product is used across this border, or you may not find it."
          />
        }
        columns={[
          {
            key: 'product',
            header: 'Product',
            rowHeader: true,
            className: 'min-w-48',
            cell: ({ address, title: own }) => (
              <Link className="link" href={`/products/${address}`}>
                {own}
                <span className="block font-mono text-xs font-normal break-all text-subtle">
                  {address}
                </span>
              </Link>
            ),
          },
          { key: 'use', header: 'Use', className: 'min-w-48', cell: usedText },
          {
            key: 'makes',
            header: 'Made from it',
            className: 'min-w-48',
            cell: ({ makes, built }) => (
              <span className="flex flex-col items-start gap-0.5 text-sm">
                {makes.length === 0 && '–'}
                {makes.map((address) => (
                  <Link key={address} className="link break-all" href={`/products/${address}`}>
                    {address}
                  </Link>
                ))}
                {built > makes.length && `and ${built - makes.length} more`}
              </span>
            ),
          },
          {
            key: 'status',
            header: 'Status',
            cell: ({ status }) => {
              const { tone, text } = statusLabel(status);
              return <StatusBadge tone={tone}>{text}</StatusBadge>;
            },
          },
        ]}
      />
      {(after > 0 || nextAfter !== null) && (
        <div className="border-t px-5 py-3">
          <Pagination
            label="Pages of products"
            firstHref={after > 0 ? hrefWith(MAP_PATH, query, {}) : null}
            nextHref={
              nextAfter === null ? null : hrefWith(MAP_PATH, query, { after: String(nextAfter) })
            }
            summary={`${after + 1}–${after + products.length}`}
          />
        </div>
      )}
    </Card>
  );
}
