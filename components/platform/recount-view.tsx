import { History } from 'lucide-react';
import { StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Progress } from '@/components/ui/progress';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { RecountRow, Recounts } from '@/lib/insight';
import { PlatformTabs } from './platform-tabs';
import { RecountForm } from './recount-form';
import { daysText } from './recount-words';

interface RecountViewProps extends Recounts {
  today: string;
}

/** Counts days of use again from their events, and shows what came of it. */
export function RecountView({ recounts, since, today }: RecountViewProps) {
  const isUnderWay = recounts.some(({ status }) => status === 'queued');
  return (
    <>
      <PageHeader
        title="Figures of use"
        description="Reads are added up by hour and day as they are written. Days can be counted again from their events, for instance after a database was restored in part."
      />
      <PlatformTabs current="/platform/usage" mayRecount />
      <RefreshWhile active={isUnderWay} />
      <div className="flex flex-col gap-6">
        <Card
          title="Count days again"
          description={`UTC days, at most 400. ${since ? `Their events are held from ${since} on.` : 'Every event is held.'}`}
        >
          <RecountForm today={today} since={since} isUnderWay={isUnderWay} />
        </Card>
        <Card title="What was counted again" description="The last 20 times, newest first." flush>
          <Past recounts={recounts} />
        </Card>
      </div>
    </>
  );
}

function Past({ recounts }: { recounts: RecountRow[] }) {
  return (
    <Table
      caption="Days that were counted again, newest first"
      rows={recounts}
      rowKey={(row) => row.id}
      empty={
        <EmptyState
          icon={<History />}
          title="No day was counted again"
          description="Figures agree with their events by themselves; this mends what was lost or changed outside Portolan."
        />
      }
      columns={[
        {
          key: 'days',
          header: 'Days',
          rowHeader: true,
          cell: (row) => (
            <>
              <span className="block whitespace-nowrap">
                {row.from === row.to ? row.from : `${row.from} – ${row.to}`}
              </span>
              <span className="block text-sm font-normal text-subtle">{daysText(row.days)}</span>
            </>
          ),
        },
        {
          key: 'state',
          header: 'State',
          className: 'min-w-44',
          cell: (row) => <State row={row} />,
        },
        {
          key: 'reads',
          header: 'Reads',
          align: 'right',
          cell: (row) => <Reads row={row} />,
        },
        { key: 'by', header: 'By', cell: (row) => row.requestedBy ?? 'Portolan' },
        { key: 'at', header: 'Asked', cell: (row) => <RelativeTime at={row.createdAt} /> },
      ]}
    />
  );
}

function State({ row: { status, failure, done, days } }: { row: RecountRow }) {
  if (status === 'queued') {
    return <Progress label="Under way" value={done} max={days} detail={`${done} of ${days}`} />;
  }
  if (status === 'succeeded') return <StatusBadge tone="ok">Counted</StatusBadge>;
  return (
    <>
      <StatusBadge tone="error">Stopped</StatusBadge>
      <span className="mt-1 block text-sm break-words text-muted">
        {failure} {done > 0 && `${daysText(done)} before that are counted.`}
      </span>
    </>
  );
}

/** What is counted now, and by how much that is another number than before. */
function Reads({ row: { done, readsBefore, readsAfter } }: { row: RecountRow }) {
  if (done === 0) return '–';
  const more = readsAfter - readsBefore;
  const change = `${Math.abs(more).toLocaleString('en')} ${more > 0 ? 'more' : 'fewer'}`;
  return (
    <>
      {readsAfter.toLocaleString('en')}
      <span className="block text-sm text-subtle">{more === 0 ? 'as before' : change}</span>
    </>
  );
}
