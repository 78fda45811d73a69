import Link from 'next/link';
import { titleCase } from '@/components/products/labels';
import { tabHref } from '@/components/products/product-tabs';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { type Ctx, can } from '@/lib/core';
import { type ActivityRow, productActivity } from '@/lib/documentation';
import type { ProductPage } from '@/lib/serving';

interface ActivityTabProps {
  ctx: Ctx;
  page: ProductPage;
  query: Query;
}

export async function ActivityTab({ ctx, page, query }: ActivityTabProps) {
  const address = `${page.domain}/${page.name}`;
  const path = tabHref(address, 'activity');
  const after = typeof query.after === 'string' ? query.after : undefined;
  const { events, nextPage, isWhole } = await productActivity(ctx, page.id, { after });
  return (
    <div className="flex flex-col gap-4">
      <Card
        flush
        title="What happened"
        description={
          isWhole
            ? 'Every change of the product, newest first. Reads are in the audit log.'
            : 'What was published, changed for readers, or loaded, newest first.'
        }
        actions={
          can(ctx, 'audit.read') && (
            <Link className="link text-sm" href={`/governance/audit?product=${address}`}>
              Open in the audit log
            </Link>
          )
        }
      >
        <ActivityTable events={events} isWhole={isWhole} isOlder={after !== undefined} />
      </Card>
      <Pagination
        label="Pages of what happened"
        firstHref={after ? path : null}
        nextHref={nextPage && hrefWith(path, {}, { after: nextPage })}
        nextLabel="Older"
      />
    </div>
  );
}

interface ActivityTableProps {
  events: ActivityRow[];
  isWhole: boolean;
  isOlder: boolean;
}

const ACTOR = {
  key: 'actor',
  header: 'By',
  cell: ({ actor }: ActivityRow) => <span className="text-sm break-all">{actor}</span>,
};

function ActivityTable({ events, isWhole, isOlder }: ActivityTableProps) {
  return (
    <Table
      caption="What happened with the product, newest first"
      rows={events}
      rowKey={({ id }) => id}
      empty={
        <EmptyState
          title={isOlder ? 'Nothing older' : 'Nothing happened yet'}
          description="Publishing, loads and changes appear here."
        />
      }
      columns={[
        { key: 'at', header: 'When', cell: ({ at }) => <RelativeTime at={at} /> },
        {
          key: 'what',
          header: 'What',
          rowHeader: true,
          className: 'min-w-56',
          cell: ({ text, href }) =>
            href ? (
              <Link className="link break-words" href={href}>
                {text}
              </Link>
            ) : (
              <span className="break-words">{text}</span>
            ),
        },
        {
          key: 'group',
          header: 'Kind',
          cell: ({ group }) => <Badge>{titleCase(group)}</Badge>,
        },
        ...(isWhole ? [ACTOR] : []),
      ]}
    />
  );
}
