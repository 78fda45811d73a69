import { Users } from 'lucide-react';
import { Suspense } from 'react';
import { countText } from '@/components/products/labels';
import { UsageCard } from '@/components/products/usage-card';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stat } from '@/components/ui/stat';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { productStandings, type UsageDetail, usageDetail } from '@/lib/community';
import { type Ctx, can } from '@/lib/core';
import type { ProductPage } from '@/lib/serving';

/** How a product is used: figures for everybody, names and columns for those who are responsible. */
export async function UsageTab({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const mayDetail = can(ctx, 'usage.read', { domainId: page.domainId, ownerId: page.ownerId });
  const [standings, detail] = await Promise.all([
    productStandings(ctx, [page.id]),
    mayDetail ? usageDetail(ctx, page.id) : null,
  ]);
  const consumers = standings[page.id]?.consumers ?? 0;
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-3 sm:grid-cols-2">
        <Stat
          label="Consumers"
          value={countText(consumers)}
          hint="Different people, its owner aside, who were served rows in the last 30 days"
        />
        {detail && (
          <Stat label="Reads" value={countText(detail.reads)} hint="Served in the last 30 days" />
        )}
      </div>
      <Suspense>
        <UsageCard ctx={ctx} page={page} />
      </Suspense>
      {detail ? (
        <Details detail={detail} />
      ) : (
        <p className="text-sm text-muted">
          Who reads it, and which columns, is shown to its owner, the data admins of its domain and
          stewards.
        </p>
      )}
    </div>
  );
}

function Details({ detail }: { detail: UsageDetail }) {
  const { readers, readerCount, columns, days } = detail;
  const more = readerCount - readers.length;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card
        title="Who reads it"
        description={
          more > 0
            ? `The ${readers.length} with most reads of ${countText(readerCount)} in ${days} days`
            : `In the last ${days} days`
        }
        flush
      >
        <Table
          caption="Readers"
          rows={readers}
          rowKey={(row) => row.email}
          empty={
            <EmptyState
              icon={<Users />}
              title="Nobody has read it"
              description="Announce it, describe it and give it tags, so that people find it."
            />
          }
          columns={[
            {
              key: 'who',
              header: 'Person',
              rowHeader: true,
              cell: (row) => (
                <>
                  <bdi className="wrap-anywhere">{row.name}</bdi>
                  <span className="block text-sm font-normal break-all text-subtle">
                    {row.email}
                  </span>
                </>
              ),
            },
            { key: 'reads', header: 'Reads', align: 'right', cell: (row) => countText(row.reads) },
            { key: 'rows', header: 'Rows', align: 'right', cell: (row) => countText(row.rows) },
            { key: 'last', header: 'Last', cell: (row) => <RelativeTime at={row.lastAt} /> },
          ]}
        />
      </Card>
      <Card
        title="Which columns"
        description="Reads that asked for a column by name, or for all of them"
        flush
      >
        <Table
          caption="Columns by reads"
          rows={columns}
          rowKey={(row) => row.column}
          maxHeight="32rem"
          columns={[
            {
              key: 'column',
              header: 'Column',
              rowHeader: true,
              cell: (row) => <span className="font-mono">{row.column}</span>,
            },
            { key: 'reads', header: 'Reads', align: 'right', cell: (row) => countText(row.reads) },
          ]}
        />
      </Card>
    </div>
  );
}
