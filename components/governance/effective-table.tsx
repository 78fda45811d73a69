import Link from 'next/link';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { EffectiveRow, PolicyRef } from '@/lib/governance';

/** What holds, which document says so, and what that took the place of. */
export function EffectiveTable({ rows, caption }: { rows: EffectiveRow[]; caption: string }) {
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={(row) => `${row.area}/${row.name}`}
      empty="No policy is in force here: every read but an owner’s or a grant holder’s is refused."
      columns={[
        { key: 'area', header: 'Area', cell: (row) => row.area },
        { key: 'name', header: 'Rule', rowHeader: true, cell: (row) => row.name },
        { key: 'value', header: 'Value', cell: (row) => <Value row={row} /> },
        { key: 'from', header: 'From', cell: (row) => <From policy={row.from} /> },
        {
          key: 'replaced',
          header: 'Instead of',
          cell: (row) =>
            row.replaced ? (
              <>
                {row.replaced.value} <From policy={row.replaced.from} />
              </>
            ) : (
              <span className="text-subtle">–</span>
            ),
        },
      ]}
    />
  );
}

function Value({ row }: { row: EffectiveRow }) {
  return (
    <>
      <span className="font-medium">{row.value}</span>{' '}
      {row.isLooser && (
        <StatusBadge tone="warn" title="The domain asks for less here than the organisation does">
          looser
        </StatusBadge>
      )}
      {row.overridable !== 'yes' && (
        <Badge title="What domains may do with this value">
          {row.overridable === 'no' ? 'fixed' : 'tighten only'}
        </Badge>
      )}
      {row.refused && (
        <span className="block max-w-md text-sm text-muted">
          {row.refused.from.name} v{row.refused.from.version} says {row.refused.value}: that does
          not hold here.
        </span>
      )}
      {row.note && <span className="block max-w-md text-sm text-muted">{row.note}</span>}
    </>
  );
}

function From({ policy }: { policy: PolicyRef }) {
  return (
    <span className="block text-sm">
      <Link href={`/governance/policies/${policy.name}`} className="link">
        {policy.name} v{policy.version}
      </Link>
      {policy.activatedAt && (
        <span className="block text-subtle">
          <RelativeTime at={policy.activatedAt} />
          {policy.activatedBy && `, ${policy.activatedBy}`}
        </span>
      )}
    </span>
  );
}
