import Link from 'next/link';
import { StatusBadge, type StatusTone } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { RetentionRow } from '@/lib/compliance';
import { GovernanceTabs } from '../governance/governance-tabs';

const PATH = '/governance/retention';
const RUN: Record<string, { label: string; tone: StatusTone }> = {
  queued: { label: 'Being enforced', tone: 'running' },
  succeeded: { label: 'Deleted', tone: 'ok' },
  held: { label: 'Stopped by a hold', tone: 'warn' },
  failed: { label: 'Failed', tone: 'error' },
};
export const runLook = (status: string) =>
  RUN[status] ?? { label: status, tone: 'neutral' as const };
export const words = (length: string) => length.replaceAll('_', ' ');

interface RetentionViewProps {
  products: RetentionRow[];
  nextPage: string | null;
  query: Query;
}

export function RetentionView({ products, nextPage, query }: RetentionViewProps) {
  return (
    <>
      <PageHeader
        title="Retention"
        description="How long each product’s rows are kept by the policies in force. What is older is deleted every day, with a signed record."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Retention' }]}
        actions={<ButtonLink href="/governance/privacy/holds">Legal holds</ButtonLink>}
      />
      <GovernanceTabs current={PATH} />
      <Card flush>
        <Table
          caption="Products and how long they are kept"
          rows={products}
          rowKey={(row) => row.productId}
          empty={
            <EmptyState
              title="No product here"
              description="Products that serve rows in the domains where you work show up here."
            />
          }
          columns={[
            {
              key: 'product',
              header: 'Product',
              rowHeader: true,
              cell: (row) => (
                <>
                  <Link href={`${PATH}/${row.address}`} className="link">
                    {row.title}
                  </Link>
                  <span className="block text-sm font-normal text-subtle">
                    {row.address} · {row.classification}
                  </span>
                </>
              ),
            },
            { key: 'kept', header: 'Kept for', cell: (row) => <Kept row={row} /> },
            {
              key: 'age',
              header: 'Age of a row',
              cell: (row) => (row.column ? <code>{row.column}</code> : 'day of its load'),
            },
            { key: 'last', header: 'Last deletion', cell: (row) => <Last row={row} /> },
          ]}
        />
      </Card>
      <div className="mt-4">
        <Pagination
          firstHref={query.after ? hrefWith(PATH, query, {}) : null}
          nextHref={nextPage && hrefWith(PATH, query, { after: nextPage })}
        />
      </div>
    </>
  );
}

function Kept({ row: { kept, isHeld } }: { row: RetentionRow }) {
  return (
    <>
      {kept ? words(kept.retention) : 'no policy says'}
      {kept && <span className="block text-sm text-subtle">{kept.policy}</span>}
      {isHeld && <StatusBadge tone="warn">Under a legal hold</StatusBadge>}
    </>
  );
}

function Last({ row: { lastRun } }: { row: RetentionRow }) {
  if (!lastRun) return <span className="text-subtle">nothing was too old yet</span>;
  const { label, tone } = runLook(lastRun.status);
  return (
    <>
      <StatusBadge tone={tone}>{label}</StatusBadge>
      <span className="block text-sm text-muted">
        {lastRun.rowsDeleted.toLocaleString('en')} rows, <RelativeTime at={lastRun.at} />
      </span>
    </>
  );
}
