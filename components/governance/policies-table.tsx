import Link from 'next/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { PolicySummary } from '@/lib/governance';
import { StageBadge } from './stage-badge';

export function PoliciesTable({ policies }: { policies: PolicySummary[] }) {
  return (
    <Table
      caption="Policies"
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
        { key: 'stage', header: 'State', cell: (policy) => <StageBadge stage={policy.stage} /> },
        { key: 'version', header: 'Version', align: 'right', cell: (policy) => policy.version },
        {
          key: 'since',
          header: 'In force since',
          cell: (policy) => (policy.activatedAt ? <RelativeTime at={policy.activatedAt} /> : '–'),
        },
        { key: 'next', header: 'Next version', cell: (policy) => <Next policy={policy} /> },
      ]}
    />
  );
}

function Next({ policy: { name, next } }: { policy: PolicySummary }) {
  if (!next) return <span className="text-subtle">–</span>;
  return (
    <Link href={`/governance/policies/${name}/draft`} className="link text-sm">
      v{next.version}:{' '}
      {next.stage === 'grace' && next.graceUntil ? (
        <>
          in force <RelativeTime at={next.graceUntil} />
        </>
      ) : next.isSubmitted ? (
        'waits for a decision'
      ) : (
        'draft'
      )}
    </Link>
  );
}
