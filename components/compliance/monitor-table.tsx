import Link from 'next/link';
import { StatusBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { MonitorRow } from '@/lib/compliance';
import { OpenFigures } from './open-figures';
import { RunMonitorButton } from './run-monitor-button';
import { frequencyWords } from './violation-words';

/** Each rule of the monitor: what is open, when it looked, when it looks again. */
export function MonitorTable({ rules, canRun }: { rules: MonitorRow[]; canRun: boolean }) {
  return (
    <Table
      caption="Rules of the monitor"
      rows={rules}
      rowKey={(rule) => rule.name}
      columns={[
        {
          key: 'rule',
          header: 'Rule',
          rowHeader: true,
          cell: (rule) => (
            <span className="block max-w-md">
              <Link href={`/governance/violations?monitor=${rule.name}`} className="link">
                {rule.title}
              </Link>
              <span className="block text-sm font-normal text-subtle">{rule.about}</span>
            </span>
          ),
        },
        { key: 'open', header: 'Open', cell: (rule) => <OpenFigures row={rule} /> },
        {
          key: 'often',
          header: 'How often',
          cell: (rule) => (
            <span className="whitespace-nowrap">{frequencyWords(rule.frequency)}</span>
          ),
        },
        { key: 'last', header: 'Last run', cell: (rule) => <LastRun rule={rule} /> },
        {
          key: 'next',
          header: 'Next run',
          cell: (rule) =>
            rule.nextRunAt ? <RelativeTime at={rule.nextRunAt} /> : <span>by hand</span>,
        },
        {
          key: 'run',
          header: <span className="sr-only">Run</span>,
          align: 'right',
          cell: (rule) =>
            canRun && <RunMonitorButton rule={rule.name} isRunning={rule.isRunning} />,
        },
      ]}
    />
  );
}

function LastRun({ rule: { last, isRunning } }: { rule: MonitorRow }) {
  if (isRunning) return <StatusBadge tone="running">Running</StatusBadge>;
  if (!last) return <span className="text-muted">not yet</span>;
  const figures = `${last.checked.toLocaleString('en-GB')} checked, ${last.opened} opened, ${last.resolved} over`;
  return (
    <span className="block min-w-36">
      <RelativeTime at={last.at} />
      {last.status === 'failed' && (
        <span className="ml-2">
          <StatusBadge tone="error">Failed</StatusBadge>
        </span>
      )}
      <span className="block text-sm text-subtle">{last.error ?? figures}</span>
    </span>
  );
}
