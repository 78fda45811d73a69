import Link from 'next/link';
import type { ReactNode } from 'react';
import { StatusBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { ItemRow } from '@/lib/access';
import { ITEM_STATES } from './item-states';

interface ItemsTableProps {
  caption: string;
  items: ItemRow[];
  empty: ReactNode;
}

/** Lines of requests, each leading to its conversation. */
export function ItemsTable({ caption, items, empty }: ItemsTableProps) {
  return (
    <Table
      caption={caption}
      rows={items}
      rowKey={(item) => item.id}
      empty={empty}
      columns={[
        {
          key: 'product',
          header: 'Product',
          rowHeader: true,
          cell: ({ id, product, isRenewal }) => (
            <>
              <Link className="link font-medium" href={`/access/requests/${id}`}>
                {product.title}
              </Link>
              <span className="block text-sm font-normal text-subtle">
                {product.address}
                {isRenewal && ' · renewal'}
              </span>
            </>
          ),
        },
        {
          key: 'who',
          header: 'Asked by',
          cell: ({ requester, holder, createdAt }) => (
            <>
              <span className="block">{requester.name}</span>
              <span className="block text-sm text-muted">
                {holder !== requester.name && `for ${holder}, `}
                <RelativeTime at={createdAt} />
              </span>
            </>
          ),
        },
        {
          key: 'why',
          header: 'Purpose',
          cell: ({ purposeTitle, note, days }) => (
            <span className="block max-w-sm">
              <span className="block">
                {purposeTitle}, {days} days
              </span>
              <span className="block text-sm break-words text-muted">{note}</span>
            </span>
          ),
        },
        {
          key: 'state',
          header: 'State',
          cell: ({ status }) => (
            <StatusBadge tone={ITEM_STATES[status]?.tone ?? 'neutral'}>
              {ITEM_STATES[status]?.label ?? status}
            </StatusBadge>
          ),
        },
      ]}
    />
  );
}
