import { StatusBadge, type StatusTone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { ElevationRow } from '@/lib/access';
import { AccessTabs } from './access-tabs';
import { ElevationButtons, ElevationForm } from './elevation-forms';

const LOOK: Record<string, { label: string; tone: StatusTone }> = {
  requested: { label: 'Waits', tone: 'warn' },
  active: { label: 'In force', tone: 'ok' },
  refused: { label: 'Refused', tone: 'error' },
  ended: { label: 'Ended', tone: 'neutral' },
};

interface ElevationViewProps {
  elevations: ElevationRow[];
  domains: { id: string; title: string }[];
}

export function ElevationView({ elevations, domains }: ElevationViewProps) {
  return (
    <>
      <PageHeader
        title="Roles for some hours"
        description="Ask for a role when you need it, instead of holding it for ever. It ends by itself; all of it is in the audit log."
      />
      <AccessTabs current="/access/elevation" />
      <div className="grid gap-6">
        <Card title="Ask for a role">
          <ElevationForm domains={domains} />
        </Card>
        <Card title="Requests and roles" flush>
          <Table
            caption="Roles for some hours"
            rows={elevations}
            rowKey={(row) => row.id}
            empty={
              <EmptyState
                title="Nobody has asked for a role"
                description="Requests that you may decide on stand here too."
              />
            }
            columns={[
              {
                key: 'who',
                header: 'Person',
                rowHeader: true,
                cell: ({ person, createdAt }) => (
                  <>
                    <span className="block font-medium">{person.name}</span>
                    <span className="block text-sm font-normal text-subtle">
                      {person.email}, <RelativeTime at={createdAt} />
                    </span>
                  </>
                ),
              },
              {
                key: 'role',
                header: 'Role',
                cell: ({ role, domain, hours }) =>
                  `${role}${domain ? ` of ${domain}` : ''}, ${hours} h`,
              },
              { key: 'why', header: 'Reason', cell: ({ reason }) => reason },
              {
                key: 'state',
                header: 'State',
                cell: ({ status, endsAt }) => (
                  <>
                    <StatusBadge tone={LOOK[status]?.tone ?? 'neutral'}>
                      {LOOK[status]?.label ?? status}
                    </StatusBadge>
                    {endsAt && (
                      <span className="mt-1 block text-sm text-muted">
                        <RelativeTime at={endsAt} />
                      </span>
                    )}
                  </>
                ),
              },
              {
                key: 'decide',
                header: <span className="sr-only">Decide</span>,
                align: 'right',
                cell: (row) => <ElevationButtons row={row} />,
              },
            ]}
          />
        </Card>
      </div>
    </>
  );
}
