import Link from 'next/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { MetricWords, UnusedProduct } from '@/lib/insight';
import { figureText } from '@/lib/insight/words';

interface UnusedTableProps {
  products: UnusedProduct[];
  days: number;
  unit: MetricWords['unit'];
  /** From when on it is known who read; null: from the beginning. */
}

/** Products that nobody outside their domain uses, and what can be done about each. */
export function UnusedTable({ products, days, unit }: UnusedTableProps) {
  return (
    <Table
      caption="Unused products, the dearest first"
      rows={products}
      rowKey={(product) => product.address}
      empty={
        <EmptyState
          title="Every product is used"
          description={`Or none has been live for ${days} days: a newer one is too young to tell.`}
        />
      }
      columns={[
        {
          key: 'product',
          header: 'Product',
          rowHeader: true,
          cell: ({ address, title }) => (
            <Link href={`/products/${address}`} className="link">
              {title}
            </Link>
          ),
        },
        { key: 'owner', header: 'Owner', cell: ({ owner }) => owner },
        {
          key: 'used',
          header: 'Last used',
          cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} /> : 'never'),
        },
        {
          key: 'cost',
          header: 'Cost of 30 days',
          align: 'right',
          cell: ({ cost }) => (cost === null ? '–' : figureText(cost, unit)),
        },
        {
          key: 'next',
          header: 'Next',
          cell: ({ address, status, mayDeprecate }) =>
            mayDeprecate ? (
              <Link href={`/products/${address}/lifecycle`} className="link">
                Deprecate
              </Link>
            ) : status === 'deprecated' ? (
              'deprecated already'
            ) : (
              'ask the owner'
            ),
        },
      ]}
    />
  );
}
