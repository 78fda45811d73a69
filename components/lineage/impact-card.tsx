'use client';

import Link from 'next/link';
import { StatusBadge, type StatusTone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { Impact } from '@/lib/lineage';
import { jobText } from './outside';
import { useImpact } from './use-lineage';

const EFFECTS: Record<string, { tone: StatusTone; text: string }> = {
  breaks: { tone: 'error', text: 'Breaks' },
  unknown: { tone: 'warn', text: 'May break' },
  stale: { tone: 'neutral', text: 'Gets no new rows' },
};

/** Products and people that are hit when a product, or one of its columns, goes. */
export function ImpactCard({ address, column }: { address: string; column: string | null }) {
  const { data, error, refetch } = useImpact(address, column);
  const what = column ? `column ${column} of ${address}` : address;
  return (
    <Card
      title={`Who breaks if ${what} goes`}
      description="Products by what their statements read, people by grants in force and reads of the last 30 days."
      flush
    >
      {error && <ErrorState message={error.message} onRetry={() => void refetch()} />}
      {!error && !data && (
        <p role="status" className="px-5 py-4 text-sm text-muted">
          Working out who is hit…
        </p>
      )}
      {data && <Hit impact={data} />}
    </Card>
  );
}

function Hit({ impact }: { impact: Impact }) {
  const { products, moreProducts, jobs, moreJobs, people, peopleCount } = impact;
  if (products.length === 0 && peopleCount === 0 && jobs.length === 0) {
    return (
      <EmptyState
        title="Nobody that Portolan knows of"
        description="No product reads it, nobody holds a grant, and nobody has read it in the last 30 days."
      />
    );
  }
  return (
    <div className="flex flex-col gap-4 pb-4">
      {products.length > 0 && <HitProducts impact={impact} />}
      {moreProducts > 0 && (
        <p className="px-5 text-sm text-muted">
          and {moreProducts.toLocaleString('en')} more products
        </p>
      )}
      {jobs.length > 0 && <HitJobs jobs={jobs} />}
      {moreJobs > 0 && (
        <p className="px-5 text-sm text-muted">and {moreJobs.toLocaleString('en')} more jobs</p>
      )}
      {peopleCount > 0 && people === null && (
        <p className="px-5 text-sm">
          {peopleCount.toLocaleString('en')} {peopleCount === 1 ? 'person uses' : 'people use'} it.
          Who they are is for those who manage its grants.
        </p>
      )}
      {people && people.length > 0 && (
        <Table
          caption="People who use it"
          rows={people}
          rowKey={({ id }) => id}
          columns={[
            { key: 'name', header: 'Person', rowHeader: true, cell: ({ name }) => name },
            {
              key: 'grant',
              header: 'Grant',
              cell: ({ hasGrant }) => (hasGrant ? 'In force' : '–'),
            },
            {
              key: 'reads',
              header: 'Reads in 30 days',
              align: 'right',
              cell: ({ reads }) => reads.toLocaleString('en'),
            },
          ]}
        />
      )}
      {people && peopleCount > people.length && (
        <p className="px-5 text-sm text-muted">and {peopleCount - people.length} more people</p>
      )}
    </div>
  );
}

function HitProducts({ impact: { products } }: { impact: Impact }) {
  return (
    <Table
      caption="Products that are hit, nearest first"
      rows={products}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'product',
          header: 'Product',
          rowHeader: true,
          className: 'min-w-48',
          cell: ({ address, title }) => (
            <Link className="link" href={`/products/${address}/lineage`}>
              {title}
              <span className="block font-mono text-xs font-normal break-all text-subtle">
                {address}
              </span>
            </Link>
          ),
        },
        {
          key: 'effect',
          header: 'Effect',
          cell: ({ effect }) => {
            const { tone, text } = EFFECTS[effect]!;
            return <StatusBadge tone={tone}>{text}</StatusBadge>;
          },
        },
        {
          key: 'columns',
          header: 'Its columns',
          cell: ({ columns }) => (
            <span className="font-mono text-sm break-all">{columns.join(', ') || '–'}</span>
          ),
        },
        { key: 'owner', header: 'Owner', cell: ({ owner }) => owner },
      ]}
    />
  );
}

function HitJobs({ jobs }: Pick<Impact, 'jobs'>) {
  return (
    <Table
      caption="Jobs outside the portal that read it"
      rows={jobs}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'job',
          header: 'Job outside',
          rowHeader: true,
          className: 'min-w-48',
          cell: ({ name, namespace }) => (
            <span className="break-all">
              {name}
              <span className="block font-mono text-xs font-normal text-subtle">{namespace}</span>
            </span>
          ),
        },
        {
          key: 'effect',
          header: 'Effect',
          cell: ({ effect }) => {
            const { tone, text } = EFFECTS[effect]!;
            return <StatusBadge tone={tone}>{text}</StatusBadge>;
          },
        },
        { key: 'run', header: 'Newest run', cell: jobText },
      ]}
    />
  );
}
