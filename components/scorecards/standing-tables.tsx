import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { DomainStanding, ScorecardWords, Standings } from '@/lib/insight';
import { LEVELS, type Level } from '@/lib/insight/scorecards/checks/check';
import { LevelBadge } from './level-badge';

type Leveled = { level: Level; levels: Level[] };
const levelColumns = <Row extends Leveled>({ properties }: ScorecardWords) => [
  {
    key: 'level',
    header: 'Level',
    cell: ({ level }: Row) => <LevelBadge level={level} className="font-medium" />,
  },
  ...properties.map(({ id, title }, at) => ({
    key: id,
    header: title,
    cell: ({ levels }: Row) => <LevelBadge level={levels[at] ?? 0} />,
  })),
];

interface ProductTableProps {
  standings: Standings;
  words: ScorecardWords;
}

/** Products by the eight properties. */
export function ProductTable({ standings: { items }, words }: ProductTableProps) {
  return (
    <Table
      caption="Products by level and property"
      rows={items}
      rowKey={(row) => row.address}
      empty={
        <EmptyState
          title="No product is like that"
          description="Choose another level, or clear the filter."
        />
      }
      columns={[
        {
          key: 'title',
          header: 'Product',
          rowHeader: true,
          cell: ({ address, title, owner }) => (
            <>
              <Link href={`/products/${address}/scorecard`} className="link">
                {title}
              </Link>
              <span className="block text-sm font-normal text-subtle">
                {address.split('/')[0]}, {owner}
              </span>
            </>
          ),
        },
        {
          key: 'score',
          header: 'Score',
          align: 'right',
          cell: ({ score }) => score,
        },
        ...levelColumns<Standings['items'][number]>(words),
      ]}
    />
  );
}

/** Domains by the eight properties, and how many products are at each level. */
export function DomainTable({
  domains,
  words,
}: {
  domains: DomainStanding[];
  words: ScorecardWords;
}) {
  return (
    <Card
      title="Domains"
      description="A domain has the level that at least four of five of its products have reached; its score is the mean of theirs. Counted are the products that you may find."
      flush
    >
      <Table
        caption="Domains by level and property"
        rows={domains}
        rowKey={(row) => row.domain}
        empty={
          <EmptyState
            title="No domain has a scorecard yet"
            description="A product has one from when it comes out of its draft."
          />
        }
        columns={[
          {
            key: 'title',
            header: 'Domain',
            rowHeader: true,
            cell: ({ domain, title }) => (
              <Link href={`/insight/scorecards?domain=${domain}`} className="link">
                {title}
              </Link>
            ),
          },
          { key: 'products', header: 'Products', align: 'right', cell: (row) => row.products },
          { key: 'score', header: 'Score', align: 'right', cell: ({ score }) => score },
          ...levelColumns<DomainStanding>(words),
          ...LEVELS.map((label, level) => ({
            key: `at-${label}`,
            header: `At ${label}`,
            align: 'right' as const,
            cell: ({ counts }: DomainStanding) => counts[level] ?? 0,
          })),
        ]}
      />
    </Card>
  );
}
