import { StatusBadge } from '@/components/ui/badge';
import { Table } from '@/components/ui/table';
import type { CapabilityHealth } from '@/lib/platform';
import { CAPABILITY_WORDS } from './capability-words';

/** The kinds that a template names, and what stands in for each on this platform. */
export function HealthTable({ capabilities }: { capabilities: CapabilityHealth[] }) {
  return (
    <Table
      caption="What the template needs and what provides it here"
      rows={capabilities}
      rowKey={(row) => row.capability}
      columns={[
        {
          key: 'capability',
          header: 'Capability',
          rowHeader: true,
          cell: (row) => CAPABILITY_WORDS[row.capability].title,
        },
        {
          key: 'kind',
          header: 'The template asks for',
          cell: (row) => <code className="font-mono text-sm whitespace-nowrap">{row.kind}</code>,
        },
        {
          key: 'driver',
          header: 'Provided here by',
          className: 'min-w-56',
          cell: (row) => <Provider row={row} />,
        },
        {
          key: 'health',
          header: 'State',
          cell: (row) =>
            row.ok ? (
              <StatusBadge tone="ok">Healthy</StatusBadge>
            ) : (
              <StatusBadge tone="warn">Not available</StatusBadge>
            ),
        },
      ]}
    />
  );
}

function Provider({ row }: { row: CapabilityHealth }) {
  return (
    <>
      {row.title && (
        <>
          {row.title}
          <span className="block font-mono text-xs text-subtle">
            {row.provider} · {row.driver}
          </span>
        </>
      )}
      {row.reason && <span className="block text-sm text-muted">{row.reason}</span>}
    </>
  );
}
