'use client';

import Link from 'next/link';
import { useState } from 'react';
import { statusLabel } from '@/components/products/labels';
import { StatusBadge } from '@/components/ui/badge';
import { Table } from '@/components/ui/table';
import { ListPager } from './list-pager';
import type { Box, Graph } from './model';

const PAGE = 50;
const NAMES = 5;

const STATUS = {
  key: 'status',
  header: 'Status',
  cell: ({ status, outside }: Box) => {
    if (outside) return <span className="text-sm text-muted">{outside}</span>;
    const { tone, text } = statusLabel(status);
    return <StatusBadge tone={tone}>{text}</StatusBadge>;
  },
};

/** What the picture shows, in words: for screen readers, phones and copying. */
export function LineageList({ graph, caption }: { graph: Graph; caption: string }) {
  const [at, setAt] = useState(0);
  const first = at * PAGE < graph.boxes.length ? at * PAGE : 0;
  const names = new Map(graph.boxes.map((box) => [box.id, nameOf(box)]));
  const isColumns = graph.boxes.every(
    ({ status, outside }) => status === '' && (!outside || outside === 'column'),
  );
  const rows = graph.boxes.slice(first, first + PAGE);
  const shown = new Set(rows.map(({ id }) => id));
  const sources = Map.groupBy(
    graph.lines.filter(({ to }) => shown.has(to)),
    ({ to }) => to,
  );
  const readers = Map.groupBy(
    graph.lines.filter(({ from }) => shown.has(from)),
    ({ from }) => from,
  );
  const words = (ids: readonly { id: string | undefined; label: string }[]) => {
    const given = ids
      .slice(0, NAMES)
      .map(({ id = '', label }) => `${names.get(id)}${label && ` (${label})`}`);
    const more = ids.length - given.length;
    return given.length === 0 ? '–' : given.join(', ') + (more > 0 ? ` and ${more} more` : '');
  };
  return (
    <>
      <Table
        caption={caption}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'name',
            header: isColumns ? 'Column' : 'Product',
            rowHeader: true,
            className: 'min-w-48',
            cell: (box) => <NameCell box={box} />,
          },
          {
            key: 'from',
            header: 'Made from',
            cell: ({ id }) => (
              <span className="text-sm break-words">
                {words((sources.get(id) ?? []).map(({ from, label }) => ({ id: from, label })))}
              </span>
            ),
          },
          {
            key: 'to',
            header: 'Read by',
            cell: ({ id }) => (
              <span className="text-sm break-words">
                {words((readers.get(id) ?? []).map(({ to, label }) => ({ id: to, label })))}
              </span>
            ),
          },
          ...(isColumns ? [] : [STATUS]),
        ]}
      />
      <ListPager
        {...{ first, page: PAGE, total: graph.boxes.length }}
        go={(step) => setAt(at + step)}
      />
    </>
  );
}

const nameOf = ({ title, address, status, outside }: Box) => {
  if (outside && outside !== 'column') return title;
  return status ? address : `${address} ${title}`;
};

function NameCell({ box: { title, address, isFocus, outside } }: { box: Box }) {
  const words = (
    <>
      {title}
      {isFocus && <span className="font-normal text-muted"> (this one)</span>}
      <span className="block font-mono text-xs font-normal break-all text-subtle">{address}</span>
    </>
  );
  if (outside || !address.includes('/')) return <span>{words}</span>;
  return (
    <Link className="link" href={`/products/${address}/lineage`}>
      {words}
    </Link>
  );
}
