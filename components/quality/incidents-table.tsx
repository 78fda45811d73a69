import Link from 'next/link';
import { StatusBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { IncidentRow } from '@/lib/quality';
import { titleCase } from '../products/labels';
import { incidentLook } from './quality-words';

/** Incidents of a product, each a link to where it is worked on. */
export function IncidentsTable({
  incidents,
  address,
}: {
  incidents: IncidentRow[];
  address: string;
}) {
  return (
    <Table
      caption="Quality incidents"
      rows={incidents}
      rowKey={(incident) => incident.id}
      columns={[
        {
          key: 'rule',
          header: 'Rule',
          rowHeader: true,
          className: 'min-w-48',
          cell: ({ id, ruleName, message }) => (
            <>
              <Link href={`/products/${address}/quality/incidents/${id}`} className="link">
                {ruleName}
              </Link>
              <span className="block text-sm font-normal text-muted">{message}</span>
            </>
          ),
        },
        {
          key: 'status',
          header: 'State',
          cell: ({ status, level }) => (
            <StatusBadge tone={incidentLook(status, level).tone}>
              {incidentLook(status, level).label}
            </StatusBadge>
          ),
        },
        { key: 'dimension', header: 'Dimension', cell: ({ dimension }) => titleCase(dimension) },
        { key: 'assignee', header: 'Assigned to', cell: ({ assignee }) => assignee ?? 'nobody' },
        {
          key: 'opened',
          header: 'Since',
          cell: ({ openedAt }) => <RelativeTime at={openedAt} />,
        },
      ]}
    />
  );
}
