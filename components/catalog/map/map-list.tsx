'use client';

import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { ListPager } from '@/components/lineage/list-pager';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { DomainMap, MapEdge } from '@/lib/catalog';
import { usedText, usesHref } from './map-words';

const PAGE = 50;

/** The same as the picture, in words: for screen readers, phones and copying. */
export function MapList({ map }: { map: DomainMap }) {
  const titles = new Map(map.domains.map(({ name, title }) => [name, title]));
  const domain = (name: string) => (
    <Link className="link" href={`/domains/${name}`}>
      {titles.get(name)}
    </Link>
  );
  return (
    <>
      <UseList edges={map.edges} domain={domain} />
      <DomainList map={map} domain={domain} />
    </>
  );
}

type DomainLink = (name: string) => ReactNode;

function UseList({ edges, domain }: { edges: MapEdge[]; domain: DomainLink }) {
  return (
    <Paged title="Who uses whose, as a list" rows={edges}>
      {(rows, caption) => (
        <Table
          caption={caption}
          rows={rows}
          rowKey={({ from, to }) => `${from} ${to}`}
          empty={
            <EmptyState
              title="No use across a border"
              description="Nothing that you may find is used by another domain."
            />
          }
          columns={[
            { key: 'to', header: 'Domain', rowHeader: true, cell: ({ to }) => domain(to) },
            { key: 'from', header: 'Uses products of', cell: ({ from }) => domain(from) },
            {
              key: 'use',
              header: 'How',
              className: 'min-w-56',
              cell: (edge) => (
                <Link className="link" href={usesHref(edge)}>
                  {usedText(edge)}
                </Link>
              ),
            },
          ]}
        />
      )}
    </Paged>
  );
}

function DomainList({ map: { domains, edges }, domain }: { map: DomainMap; domain: DomainLink }) {
  const uses = Map.groupBy(edges, ({ to }) => to);
  const used = Map.groupBy(edges, ({ from }) => from);
  return (
    <Paged title="Domains" rows={domains}>
      {(rows, caption) => (
        <Table
          caption={caption}
          rows={rows}
          rowKey={({ name }) => name}
          columns={[
            { key: 'name', header: 'Domain', rowHeader: true, cell: ({ name }) => domain(name) },
            {
              key: 'products',
              header: 'Products',
              align: 'right',
              cell: ({ products }) => products.toLocaleString('en'),
            },
            {
              key: 'uses',
              header: 'Uses domains',
              align: 'right',
              cell: ({ name }) => uses.get(name)?.length ?? 0,
            },
            {
              key: 'used',
              header: 'Used by domains',
              align: 'right',
              cell: ({ name }) => used.get(name)?.length ?? 0,
            },
          ]}
        />
      )}
    </Paged>
  );
}

interface PagedProps<Row> {
  title: string;
  rows: readonly Row[];
  children: (rows: readonly Row[], caption: string) => ReactNode;
}

function Paged<Row>({ title, rows, children }: PagedProps<Row>) {
  const [at, setAt] = useState(0);
  const first = at * PAGE < rows.length ? at * PAGE : 0;
  return (
    <Card title={title} flush>
      {children(rows.slice(first, first + PAGE), title)}
      <ListPager {...{ first, page: PAGE, total: rows.length }} go={(step) => setAt(at + step)} />
    </Card>
  );
}
