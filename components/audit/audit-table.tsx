import Link from 'next/link';
import type { ReactNode } from 'react';
import { StatusBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { AuditRow } from '@/lib/audit';

interface AuditTableProps {
  events: AuditRow[];
  hrefOf: (row: AuditRow) => string;
  empty: ReactNode;
}

export function DecisionBadge({ decision }: { decision: 'allow' | 'deny' }) {
  return decision === 'allow' ? (
    <StatusBadge tone="ok">Allowed</StatusBadge>
  ) : (
    <StatusBadge tone="error">Refused</StatusBadge>
  );
}

export function AuditTable({ events, hrefOf, empty }: AuditTableProps) {
  return (
    <Table
      caption="Audit rows"
      rows={events}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: 'at',
          header: 'When',
          className: 'whitespace-nowrap',
          cell: (row) => <RelativeTime at={row.at} />,
        },
        {
          key: 'action',
          header: 'Action',
          rowHeader: true,
          cell: (row) => (
            <Link href={hrefOf(row)} scroll={false} className="link font-mono text-sm">
              {row.action}
            </Link>
          ),
        },
        { key: 'actor', header: 'Who', cell: (row) => row.actor.label },
        { key: 'on', header: 'On', cell: targetOf },
        {
          key: 'decision',
          header: 'Decision',
          cell: (row) => row.decision && <DecisionBadge decision={row.decision} />,
        },
        {
          key: 'row',
          header: 'Row',
          align: 'right',
          cell: (row) => (
            <span className="tabular font-mono text-xs text-subtle">
              {row.chain}:{row.seq}
            </span>
          ),
        },
      ]}
    />
  );
}

function targetOf(row: AuditRow): ReactNode {
  if (row.product) {
    return (
      <Link href={`/products/${row.product}`} className="link">
        {row.product}
      </Link>
    );
  }
  const named = row.detail.name ?? row.detail.product ?? row.detail.subject;
  if (typeof named === 'string') return named;
  return row.domain ?? row.target?.type ?? <span className="text-subtle">–</span>;
}
