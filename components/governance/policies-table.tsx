import Link from 'next/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { PolicySummary } from '@/lib/governance';

export function PoliciesTable({ policies }: { policies: PolicySummary[] }) {
  return (
    <Table
      caption="Policies in force"
      rows={policies}
      rowKey={(policy) => policy.name}
      empty={
        <EmptyState
          title="No policy is in force"
          description="Without one only owners and people with a grant read data. The shipped documents are put in force at the first start."
        />
      }
      columns={[
        {
          key: 'name',
          header: 'Policy',
          rowHeader: true,
          cell: (policy) => (
            <Link href={`/governance/policies/${policy.name}`} className="link font-medium">
              {policy.name}
            </Link>
          ),
        },
        {
          key: 'domain',
          header: 'Holds in',
          cell: (policy) => policy.domain?.title ?? 'Every domain',
        },
        { key: 'version', header: 'Version', align: 'right', cell: (policy) => policy.version },
        {
          key: 'since',
          header: 'In force since',
          cell: (policy) => policy.activatedAt && <RelativeTime at={policy.activatedAt} />,
        },
      ]}
    />
  );
}
