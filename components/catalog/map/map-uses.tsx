import Link from 'next/link';
import { statusLabel } from '@/components/products/labels';
import { StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { Pagination } from '@/components/ui/pagination';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { DomainUses } from '@/lib/catalog';
import { MAP_PATH, usedText } from './map-words';

type Used = DomainUses['products'][number];

/** The products behind a line of the map. */
export function MapUses({ uses, query }: { uses: DomainUses; query: Query }) {
  const { from, to, products, nextAfter } = uses;
  const title = `What ${to.title} uses of ${from.title}`;
  const after = Number([query.after].flat()[0]) || 0;
  const next = nextAfter === null ? null : { after: String(nextAfter) };
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
            cell: Product,
          },
          { key: 'use', header: 'Use', className: 'min-w-48', cell: usedText },
          { key: 'makes', header: 'Made from it', className: 'min-w-48', cell: Makes },
          { key: 'status', header: 'Status', cell: Status },
        ]}
      />
      {(after > 0 || next) && (
        <div className="border-t px-5 py-3">
          <Pagination
            label="Pages of products"
            firstHref={after > 0 ? hrefWith(MAP_PATH, query, {}) : null}
            nextHref={next && hrefWith(MAP_PATH, query, next)}
            summary={`${after + 1}–${after + products.length}`}
          />
        </div>
      )}
    </Card>
  );
}

function Product({ address, title }: Used) {
  return (
    <Link className="link" href={`/products/${address}`}>
      {title}
      <span className="block font-mono text-xs font-normal break-all text-subtle">{address}</span>
    </Link>
  );
}

function Makes({ makes, built }: Used) {
  if (makes.length === 0) return '–';
  return (
    <span className="flex flex-col items-start gap-0.5 text-sm">
      {makes.map((address) => (
        <Link key={address} className="link break-all" href={`/products/${address}`}>
          {address}
        </Link>
      ))}
      {built > makes.length && `and ${built - makes.length} more`}
    </span>
  );
}

function Status({ status }: Used) {
  const { tone, text } = statusLabel(status);
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
