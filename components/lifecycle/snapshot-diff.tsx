'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { SkeletonRows } from '@/components/ui/skeleton';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { DiffRow, SnapshotDiff } from '@/lib/serving';
import { fetchJson } from '../products/fetch-json';
import { countText } from '../products/labels';

interface Props {
  address: string;
  from: string;
  to: string;
  onClose: () => void;
}

const cellText = (value: unknown): string =>
  value === null || value === undefined
    ? '–'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

/** The rows that differ between two snapshots, fifty a page. */
export function SnapshotDiffView({ address, from, to, onClose }: Props) {
  const [offset, setOffset] = useState(0);
  const diff = useQuery({
    queryKey: ['diff', address, from, to, offset],
    queryFn: ({ signal }) =>
      fetchJson<SnapshotDiff>(
        `/api/v1/data/${address}/diff?from=${from}&to=${to}&offset=${offset}`,
        signal,
      ),
  });
  const title =
    from === 'staging'
      ? `The candidate and snapshot ${to}`
      : to === 'staging'
        ? `Snapshot ${from} and the candidate`
        : `Snapshots ${from} and ${to}`;
  return (
    <section aria-label={title} className="border-t">
      <header className="flex items-start justify-between gap-3 px-5 py-3">
        <div>
          <h3 className="font-medium">{title}</h3>
          {diff.data && <Summary diff={diff.data} />}
        </div>
        <IconButton label="Close the comparison" icon={<X />} onClick={onClose} />
      </header>
      {diff.isPending && (
        <div className="px-5 pb-4">
          <SkeletonRows rows={5} label="Comparing" />
        </div>
      )}
      {diff.isError && (
        <div className="px-5 pb-4">
          <ErrorState message={diff.error.message} onRetry={() => void diff.refetch()} />
        </div>
      )}
      {diff.data && (
        <Table
          caption={`Rows that differ: ${title}`}
          rows={diff.data.rows.map((row, index) => ({ ...row, id: String(offset + index) }))}
          rowKey={(row) => row.id}
          empty={<EmptyState title="No row differs" />}
          columns={columnsOf(diff.data)}
          maxHeight="60vh"
        />
      )}
      {diff.data && (offset > 0 || diff.data.next !== null) && (
        <div className="flex gap-2 border-t px-5 py-3">
          <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - 50))}>
            Previous
          </Button>
          <Button
            disabled={diff.data.next === null}
            onClick={() => setOffset(diff.data.next ?? offset)}
          >
            Next
          </Button>
        </div>
      )}
    </section>
  );
}

function Summary({ diff }: { diff: SnapshotDiff }) {
  const { added, removed, changed } = diff.counts;
  const { columns, key } = diff;
  const how = key.length > 0 ? `by ${key.join(', ')}` : 'by whole rows: the contract names no key';
  const columnWords = [
    ...columns.added.map((name) => `+ ${name}`),
    ...columns.removed.map((name) => `− ${name}`),
    ...columns.retyped.map((name) => `${name} has another type`),
  ];
  return (
    <p className="text-sm text-muted">
      {countText(added)} added, {countText(removed)} removed, {countText(changed)} changed, {how}.
      {columnWords.length > 0 && ` Columns: ${columnWords.join(', ')}.`}
    </p>
  );
}

type Row = DiffRow & { id: string };
const WORDS = { added: 'Added', removed: 'Removed', changed: 'Changed' } as const;

function columnsOf(diff: SnapshotDiff) {
  const names = Object.keys(diff.rows[0]?.after ?? diff.rows[0]?.before ?? {});
  return [
    {
      key: '__kind',
      header: 'Row',
      rowHeader: true,
      cell: (row: Row) => (
        <Badge tone={row.kind === 'changed' ? 'accent' : 'neutral'}>
          {WORDS[row.kind]}
          {row.times > 1 ? ` × ${countText(row.times)}` : ''}
        </Badge>
      ),
    },
    ...names.map((name) => ({
      key: `column:${name}`,
      header: name,
      cell: (row: Row) => <Cell row={row} name={name} />,
    })),
  ];
}

function Cell({ row, name }: { row: Row; name: string }) {
  const before = cellText(row.before?.[name]);
  const after = cellText(row.after?.[name]);
  if (row.kind !== 'changed' || before === after) {
    return <span className="text-sm">{row.kind === 'removed' ? before : after}</span>;
  }
  return (
    <span className="text-sm">
      <del className="text-muted">{before}</del>{' '}
      <ins className="font-medium no-underline">{after}</ins>
    </span>
  );
}
