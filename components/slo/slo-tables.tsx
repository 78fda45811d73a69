import { StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { IncidentView, ProbeView } from '@/lib/slo';
import { BURN_POLICIES } from '@/lib/slo/laws';

const factorOf = (policy: string) => BURN_POLICIES.find(({ key }) => key === policy)?.factor;

export function IncidentsCard({ incidents }: { incidents: readonly IncidentView[] }) {
  return (
    <Card
      flush
      title="Burn alerts"
      description="The newest 20. Owners and the domain’s admins are told of each."
    >
      <Table
        caption="Burn alerts, newest first"
        rows={incidents}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title="None"
            description="No objective has burned its budget too fast so far."
          />
        }
        columns={[
          {
            key: 'objective',
            header: 'Objective',
            rowHeader: true,
            cell: ({ objective, cause }) => (
              <>
                {objective}
                {cause === 'outage' && (
                  <span className="block text-sm font-normal text-subtle">
                    Outage of the portal
                  </span>
                )}
              </>
            ),
          },
          {
            key: 'state',
            header: 'State',
            cell: ({ endedAt, policy }) => {
              const tone = policy === 'fast' ? 'error' : 'warn';
              return endedAt ? (
                <StatusBadge tone="neutral">Over</StatusBadge>
              ) : (
                <StatusBadge tone={tone}>Burning</StatusBadge>
              );
            },
          },
          {
            key: 'burn',
            header: 'Peak burn',
            align: 'right',
            cell: ({ peakBurn, policy }) =>
              `${Number(peakBurn.toFixed(1)).toLocaleString('en')}× (above ${factorOf(policy)}×)`,
          },
          {
            key: 'opened',
            header: 'Began',
            cell: ({ openedAt }) => <RelativeTime at={openedAt} />,
          },
          {
            key: 'ended',
            header: 'Ended',
            cell: ({ endedAt }) => (endedAt ? <RelativeTime at={endedAt} /> : '–'),
          },
        ]}
      />
    </Card>
  );
}

function resultOf({ status }: ProbeView): {
  tone: 'ok' | 'error' | 'warn' | 'neutral';
  text: string;
} {
  if (status === null) return { tone: 'neutral', text: 'No result' };
  if (status === 0) return { tone: 'error', text: 'No answer' };
  if (status < 400) return { tone: 'ok', text: `${status}` };
  return status >= 500
    ? { tone: 'error', text: `${status}` }
    : { tone: 'warn', text: `${status}, not counted` };
}

export function ProbesCard({ probes }: { probes: readonly ProbeView[] }) {
  return (
    <Card
      flush
      title="Newest probes"
      description="Once a minute the portal reads the first row as a consumer would. Each is in the audit log as system:probe and in no usage figure."
    >
      <Table
        caption="Probes, newest first"
        rows={probes}
        rowKey={({ at }) => at}
        empty={
          <EmptyState
            title="None yet"
            description="The first is sent within a minute of the product being served."
          />
        }
        columns={[
          {
            key: 'at',
            header: 'Sent',
            rowHeader: true,
            cell: ({ at }) => <RelativeTime at={at} />,
          },
          {
            key: 'status',
            header: 'Answer',
            cell: (probe) => {
              const { tone, text } = resultOf(probe);
              return <StatusBadge tone={tone}>{text}</StatusBadge>;
            },
          },
          {
            key: 'time',
            header: 'Time',
            align: 'right',
            cell: ({ latencyMs }) => (latencyMs === null ? '–' : `${latencyMs.toFixed(1)} ms`),
          },
          {
            key: 'detail',
            header: 'Detail',
            className: 'min-w-48',
            cell: ({ error }) => <span className="text-sm text-muted">{error}</span>,
          },
        ]}
      />
    </Card>
  );
}
