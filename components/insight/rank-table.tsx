import Link from 'next/link';
import { StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { RankFigures } from '@/lib/insight';
import { figureText } from '@/lib/insight/words';

type Row = RankFigures['rows'][number];
type Column = RankFigures['columns'][number];

/** What needs most attention first; each line leads to the thing. */
export function RankTable({ rank }: { rank: RankFigures }) {
  return (
    <Card title={rank.title} description={rank.about} flush>
      <Table
        caption={rank.title}
        rows={rank.rows}
        rowKey={(row) => row.key}
        empty={<EmptyState title="Nothing to show" description={rank.empty} />}
        columns={[
          {
            ...{ key: 'title', header: rank.of, rowHeader: true },
            cell: (row: Row) => (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link href={row.href} className="link">
                  {row.title}
                </Link>
                {row.alarm && <StatusBadge tone="error">{row.alarm}</StatusBadge>}
                {row.detail && (
                  <span className="block w-full font-mono text-xs text-subtle">{row.detail}</span>
                )}
              </span>
            ),
          },
          ...rank.columns.map((column) => ({
            ...{ key: column.key, header: column.label, align: 'right' as const },
            cell: (row: Row) => <Cell value={row.cells[column.key] ?? null} unit={column.unit} />,
          })),
        ]}
      />
    </Card>
  );
}

function Cell({ value, unit }: { value: number | string | null; unit: Column['unit'] }) {
  if (value === null) return '–';
  return unit === 'date' ? <RelativeTime at={String(value)} /> : figureText(Number(value), unit);
}
