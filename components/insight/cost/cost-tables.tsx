import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { Table } from '@/components/ui/table';
import type { CostBoard } from '@/lib/insight';
import { figureText } from '@/lib/insight/words';
import { type InsightScope, insightHref } from '../scope-href';
import { costHref } from './cost-href';

interface TableProps {
  board: CostBoard;
  scope: InsightScope;
}
interface Line {
  key: string;
  title: string;
  href: string;
  value: number | null;
  previous: number | null;
}

/** Lines that lead on, with what each costs, cost before, and makes of the whole. */
function Lines({ lines, of, board }: { lines: Line[]; of: string; board: CostBoard }) {
  const { unit } = board.total.metric;
  const whole = board.total.value ?? 0;
  const text = (value: number | null) => (value === null ? '–' : figureText(value, unit));
  return (
    <Table
      caption={`Cost by ${of}`}
      rows={lines}
      rowKey={(line) => line.key}
      empty={<p className="px-5 py-4 text-muted">Nothing with a price in this period.</p>}
      columns={[
        {
          key: 'name',
          header: of.charAt(0).toUpperCase() + of.slice(1),
          rowHeader: true,
          cell: (line) => (
            <Link href={line.href} className="link">
              {line.title}
            </Link>
          ),
        },
        { key: 'value', header: 'Cost', align: 'right', cell: (line) => text(line.value) },
        { key: 'previous', header: 'Before', align: 'right', cell: (line) => text(line.previous) },
        {
          key: 'share',
          header: 'Share',
          align: 'right',
          cell: (line) =>
            whole > 0 && line.value !== null
              ? figureText(Math.round((line.value / whole) * 1000) / 10, 'percent')
              : '–',
        },
      ]}
    />
  );
}

/** Storage against computing against serving. */
export function KindsTable({ board, scope }: TableProps) {
  const lines = board.kinds.map(({ metric, value, previous }) => ({
    ...{ key: metric.id, title: metric.title, value, previous },
    href: insightHref(scope, metric.id),
  }));
  return (
    <Card flush title="What it consists of" description="Each leads to its rows.">
      <Lines lines={lines} of="kind" board={board} />
    </Card>
  );
}

/** By domain; within a domain by product. */
export function PartsTable({ board, scope }: TableProps) {
  const of = scope.domain ? 'product' : 'domain';
  const lines = board.total.parts.map(({ address, title, value, previous }) => ({
    ...{ key: address, title, value, previous },
    href: scope.domain ? productHref(scope, address) : costHref({ ...scope, domain: address }),
  }));
  return (
    <Card flush title={`By ${of}`} description="The dearest first.">
      <Lines lines={lines} of={of} board={board} />
    </Card>
  );
}

/** The products that cost most, of all domains. */
export function Dearest({ board, scope }: TableProps) {
  const lines = board.dearest.map(({ address, title, value, previous }) => ({
    ...{ key: address, title, value, previous },
    href: productHref(scope, address),
  }));
  return (
    <Card flush title="Dearest products" description="Each leads to the rows behind its cost.">
      <Lines lines={lines} of="product" board={board} />
    </Card>
  );
}

function productHref({ range }: InsightScope, address: string): string {
  const [domain, product] = address.split('/');
  return insightHref({ range, domain, product }, 'data_cost');
}

/** What the month comes to, how that is computed, and what is missing where it cannot be. */
export function Forecasted({ board: { forecast, total } }: { board: CostBoard }) {
  const text = (value: number) => figureText(value, total.metric.unit);
  return (
    <Card title="This month">
      {'known' in forecast ? (
        <p className="text-muted">
          Too little for a forecast: it needs the cost of {forecast.needed} whole days, and has that
          of {forecast.known}.
        </p>
      ) : (
        <>
          <p className="tabular text-2xl font-semibold tracking-tight">{text(forecast.value)}</p>
          <p className="mt-0.5 text-sm text-muted">
            between {text(forecast.least)} and {text(forecast.most)}
          </p>
          <p className="mt-3 text-sm text-muted">
            {text(forecast.soFar)} for the {forecast.daysOver} whole days that are over, and the
            mean of the last 14 whole days for each of the {forecast.daysLeft} that are left, today
            too. The bounds take the cheapest and the dearest of those days instead.
          </p>
        </>
      )}
    </Card>
  );
}
