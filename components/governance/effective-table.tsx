import Link from 'next/link';
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
        {
          key: 'value',
          header: 'Value',
          cell: (row) => (
            <>
              <span className="font-medium">{row.value}</span>
              {row.note && <span className="block text-sm text-muted">{row.note}</span>}
            </>
          ),
        },
        { key: 'from', header: 'From', cell: (row) => row.from && <From policy={row.from} /> },
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

function From({ policy }: { policy: PolicyRef }) {
  return (
    <Link href={`/governance/policies/${policy.name}`} className="link text-sm">
      {policy.name} v{policy.version}
    </Link>
  );
}
