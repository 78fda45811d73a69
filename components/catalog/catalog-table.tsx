import Link from 'next/link';
import { Rating } from '@/components/community/stars';
import { CertifiedBadge } from '@/components/governance/certified-badge';
import { countText, statusLabel, titleCase } from '@/components/products/labels';
import { StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { CatalogEntry } from '@/lib/catalog';
import { CompareChoice } from './compare/compare-choice';
import { Why, WithMatch } from './why';

/** The same products, one line each, to compare them by their figures. */
export function CatalogTable({ entries }: { entries: CatalogEntry[] }) {
  return (
    <Card flush>
      <Table
        caption="Products"
        rows={entries}
        rowKey={(entry) => entry.id}
        columns={[
          { key: 'product', header: 'Product', rowHeader: true, cell: Product },
          { key: 'domain', header: 'Domain', cell: (entry) => entry.domainTitle },
          { key: 'status', header: 'Status', cell: Status },
          {
            key: 'certified',
            header: 'Certified',
            cell: ({ certifiedUntil }) =>
              certifiedUntil ? <CertifiedBadge until={certifiedUntil} /> : '–',
          },
          {
            key: 'classification',
            header: 'Classification',
            cell: (entry) => titleCase(entry.classification),
          },
          { key: 'owner', header: 'Owner', cell: (entry) => entry.ownerName },
          { key: 'rows', header: 'Rows', align: 'right', cell: ({ rowCount }) => figure(rowCount) },
          {
            key: 'rating',
            header: 'Rating',
            align: 'right',
            cell: ({ rating }) => (rating ? <Rating rating={rating} /> : '–'),
          },
          { key: 'readers', header: 'Readers', align: 'right', cell: ({ readers }) => readers },
          {
            key: 'quality',
            header: 'Quality',
            align: 'right',
            cell: ({ qualityScore }) => qualityScore?.toFixed(1) ?? '–',
          },
          {
            key: 'fresh',
            header: 'Refreshed',
            className: 'whitespace-nowrap',
            cell: ({ snapshotAt }) => (snapshotAt ? <RelativeTime at={snapshotAt} /> : '–'),
          },
        ]}
      />
    </Card>
  );
}

const figure = (value: number | null) => (value === null ? '–' : countText(value));

function Product(entry: CatalogEntry) {
  return (
    <div className="flex max-w-96 min-w-56 flex-col gap-1">
      <Link href={`/products/${entry.domain}/${entry.name}`} className="link">
        <WithMatch entry={entry} field="title" />
      </Link>
      <div className="font-normal">
        <Why entry={entry} />
        <CompareChoice address={`${entry.domain}/${entry.name}`} title={entry.title} />
      </div>
    </div>
  );
}

function Status({ status }: CatalogEntry) {
  const { tone, text } = statusLabel(status);
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
