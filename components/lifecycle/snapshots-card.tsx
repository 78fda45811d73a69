'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { ProductLifecycle } from '@/lib/release';
import type { SnapshotRow } from '@/lib/serving';
import { fetchJson } from '../products/fetch-json';
import { bytesText, countText } from '../products/labels';
import { CompareSnapshots, type Pair } from './compare-snapshots';
import { RollBackButton } from './roll-back-button';
import { SnapshotDiffView } from './snapshot-diff';

interface Listed {
  snapshots: SnapshotRow[];
  staged: SnapshotRow | null;
  next: number | null;
}
interface Props {
  productId: string;
  address: string;
  initial: Listed;
  releases: ProductLifecycle['releases'];
  mayOperate: boolean;
}

/** What was served, what is, and what waits: read at a time, compared, rolled back to. */
export function SnapshotsCard({ productId, address, initial, releases, mayOperate }: Props) {
  const list = useInfiniteQuery({
    queryKey: ['snapshots', productId, initial.snapshots.find((one) => one.isServed)?.id],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<Listed>(
        `/api/v1/products/${encodeURIComponent(productId)}/snapshots${pageParam ? `?before=${pageParam}` : ''}`,
        signal,
      ),
    initialPageParam: 0,
    initialData: { pages: [initial], pageParams: [0] },
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [compared, setCompared] = useState<Pair | null>(null);
  const snapshots = list.data.pages.flatMap((page) => page.snapshots);
  const served = snapshots.find((one) => one.isServed);
  const blue = releases.find((release) => release.isBlue);
  const rows = [...(initial.staged ? [initial.staged] : []), ...snapshots];
  return (
    <Card
      flush
      title="Snapshots"
      description="Read an earlier one with asOf=number or asOf=time, on every format."
      actions={
        mayOperate && blue ? (
          <RollBackButton
            productId={productId}
            servedId={served?.id}
            label="Roll back"
            to={`release ${blue.number}, version ${blue.version}`}
          />
        ) : undefined
      }
    >
      <Table
        caption="Snapshots of the product, newest first"
        rows={rows}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            title="No snapshot yet"
            description="The first load into production writes one."
          />
        }
        columns={columnsOf({ productId, address, served, mayOperate, compare: setCompared })}
      />
      {list.isError && (
        <ErrorState message={list.error.message} onRetry={() => void list.fetchNextPage()} />
      )}
      {list.hasNextPage && (
        <div className="border-t px-5 py-3">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show earlier snapshots
          </Button>
        </div>
      )}
      {served && <CompareSnapshots rows={rows} compare={setCompared} />}
      {compared && (
        <SnapshotDiffView
          key={`${compared.from}:${compared.to}`}
          address={address}
          {...compared}
          onClose={() => setCompared(null)}
        />
      )}
    </Card>
  );
}

interface ColumnFacts {
  productId: string;
  address: string;
  served: SnapshotRow | undefined;
  mayOperate: boolean;
  compare: (pair: Pair) => void;
}

function columnsOf({ productId, address, served, mayOperate, compare }: ColumnFacts) {
  const isStaged = (row: SnapshotRow) => row.environment === 'staging';
  return [
    {
      key: 'number',
      header: 'Snapshot',
      rowHeader: true,
      cell: (row: SnapshotRow) => (isStaged(row) ? 'Candidate' : `${row.number}`),
    },
    { key: 'state', header: 'State', cell: (row: SnapshotRow) => <State row={row} /> },
    {
      key: 'release',
      header: 'Release',
      cell: (row: SnapshotRow) =>
        row.release ? `${row.release.number} · version ${row.release.version}` : '–',
    },
    {
      key: 'at',
      header: 'Written',
      cell: (row: SnapshotRow) => <RelativeTime at={row.createdAt} />,
    },
    {
      key: 'rows',
      header: 'Rows',
      align: 'right' as const,
      cell: (row: SnapshotRow) => countText(row.rowCount),
    },
    {
      key: 'size',
      header: 'Size',
      align: 'right' as const,
      cell: (row: SnapshotRow) => bytesText(row.sizeBytes),
    },
    {
      key: 'actions',
      header: <span className="sr-only">What can be done</span>,
      cell: (row: SnapshotRow) => {
        if (row.status !== 'ready' || (row.isServed && !isStaged(row)) || !served) return null;
        const pair = isStaged(row)
          ? { from: String(served.number), to: 'staging' }
          : row.number < served.number
            ? { from: String(row.number), to: String(served.number) }
            : { from: String(served.number), to: String(row.number) };
        return (
          <span className="flex flex-wrap justify-end gap-2">
            <Button
              size="sm"
              onClick={() => compare(pair)}
              aria-label={`Compare snapshot ${isStaged(row) ? 'in staging' : row.number} of ${address} with the served one`}
            >
              Compare
            </Button>
            {mayOperate && !isStaged(row) && (
              <RollBackButton
                productId={productId}
                snapshotId={row.id}
                servedId={served.id}
                label="Serve"
                size="sm"
                to={`snapshot ${row.number}`}
              />
            )}
          </span>
        );
      },
    },
  ];
}

function State({ row }: { row: SnapshotRow }) {
  if (row.environment === 'staging') return <Badge tone="accent">In staging</Badge>;
  if (row.isServed) return <StatusBadge tone="ok">Served</StatusBadge>;
  if (row.status === 'ready') return <Badge>Kept</Badge>;
  return <Badge title="By age, retention or erasure">Removed</Badge>;
}
