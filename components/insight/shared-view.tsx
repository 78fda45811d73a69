import { CircleOff, Clock, Link2Off } from 'lucide-react';
import type { ReactNode } from 'react';
import { CompassRose } from '@/components/shell/logo';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { Chart, MetricFigures, Shared } from '@/lib/insight';
import { figureText, tooLittle } from '@/lib/insight/words';
import { ChartCard } from './chart-card';
import { FigureLines, TargetLine, TrendLine } from './insight-view';
import { figureColumns } from './part-columns';
import { dayText, periodText } from './period-words';

type State = Exclude<Shared['state'], 'open'> | 'unknown' | 'busy';
const SAID: Record<State, { icon: ReactNode; title: string; description: string }> = {
  unknown: {
    icon: <Link2Off />,
    title: 'This link does not work',
    description: 'Look whether it was copied whole, or ask whoever sent it for another.',
  },
  expired: {
    icon: <Clock />,
    title: 'This link has expired',
    description: 'Ask whoever sent it for another.',
  },
  revoked: {
    icon: <CircleOff />,
    title: 'This link was revoked',
    description: 'Whoever made it, or their organisation, took it back.',
  },
  withdrawn: {
    icon: <CircleOff />,
    title: 'This link shows nothing any more',
    description: 'Whoever made it may no longer share these figures.',
  },
  busy: {
    icon: <Clock />,
    title: 'Too many links were opened',
    description: 'Try again in a quarter of an hour.',
  },
};

type OpenShared = Extract<Shared, { state: 'open' }>;

interface SharedViewProps {
  shared: Shared | { state: 'busy' } | null;
  /** The course of one figure. */
  chart: Chart | null;
}

/** What somebody sees who opens a share link: figures, and no way into the portal. */
export function SharedView({ shared, chart }: SharedViewProps) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-4 py-6 sm:px-6">
      <p className="flex items-center gap-2 text-sm text-muted">
        <CompassRose className="size-6" />
        Shared from Portolan, read-only
      </p>
      <main className="flex-1 py-6">
        {shared?.state === 'open' ? (
          <Figures shared={shared} chart={chart} />
        ) : (
          <Said state={shared?.state ?? 'unknown'} />
        )}
      </main>
    </div>
  );
}

function Said({ state }: { state: State }) {
  const { icon, title, description } = SAID[state];
  return (
    <>
      <h1 className="sr-only">Shared figures</h1>
      <EmptyState icon={icon} title={title} description={description} />
    </>
  );
}

function Figures({ shared, chart }: { shared: OpenShared; chart: Chart | null }) {
  const { title, place, period, expiresAt } = shared;
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight break-words">{title}</h1>
      <p className="mt-1 mb-6 max-w-3xl text-lg text-muted">
        What really happened in {place}: {periodText(period)}. The link works until{' '}
        {dayText(expiresAt)}.
      </p>
      {'detail' in shared ? (
        <OneFigure shared={shared} chart={chart} />
      ) : (
        <AllFigures metrics={shared.metrics} />
      )}
    </>
  );
}

function AllFigures({ metrics }: { metrics: MetricFigures[] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      {metrics.map((figures) => (
        <li
          key={figures.metric.id}
          className="flex min-w-0 flex-col rounded-lg border bg-surface px-5 py-4"
        >
          <FigureLines figures={figures} />
        </li>
      ))}
    </ul>
  );
}

interface OneFigureProps {
  shared: Extract<OpenShared, { detail: unknown }>;
  chart: Chart | null;
}
function OneFigure({ shared: { detail, place, period }, chart }: OneFigureProps) {
  const { metric, value, sample, parts } = detail;
  return (
    <div className="flex flex-col gap-6">
      <Card title={metric.title}>
        <p className="tabular text-3xl font-semibold tracking-tight">
          {value === null ? tooLittle(detail) : figureText(value, metric.unit)}
        </p>
        <TrendLine figures={detail} />
        <TargetLine figures={detail} />
        <p className="mt-1 text-sm text-subtle">
          Rests on {sample.toLocaleString('en')} {metric.observations}.
        </p>
      </Card>
      {chart && chart.ats.length > 0 && (
        <ChartCard isPlain chart={chart} period={period} about={place} />
      )}
      <Card title="How is this computed?">
        <p>{metric.definition}</p>
        <p className="mt-2 text-sm text-muted">{metric.source}</p>
      </Card>
      {parts.length > 0 && (
        <Card title="Taken apart" flush>
          <Table
            caption={`${metric.title}, taken apart`}
            rows={parts}
            rowKey={(part) => part.address}
            columns={[
              {
                key: 'name',
                header: parts.some(({ address }) => address.includes('/')) ? 'Product' : 'Domain',
                rowHeader: true,
                cell: (part) => part.title,
              },
              ...figureColumns(metric),
            ]}
          />
        </Card>
      )}
    </div>
  );
}
