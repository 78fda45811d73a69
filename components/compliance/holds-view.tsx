import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { Hold } from '@/lib/compliance';
import { GovernanceTabs } from '../governance/governance-tabs';
import { PlaceHoldDialog, ReleaseHoldButton } from './hold-dialogs';

export function HoldsView({ holds, canManage }: { holds: Hold[]; canManage: boolean }) {
  return (
    <>
      <PageHeader
        title="Legal holds"
        description="Nothing below a hold is erased or deleted by retention until the hold is released."
        crumbs={[
          { label: 'Governance', href: '/governance' },
          { label: 'Privacy', href: '/governance/privacy' },
          { label: 'Legal holds' },
        ]}
        actions={canManage && <PlaceHoldDialog />}
      />
      <GovernanceTabs current="/governance/privacy" />
      <Card flush>
        <Table
          caption="Legal holds in force"
          rows={holds}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title="No legal hold is in force"
              description="A steward places one when a court or an authority asks that something be kept."
            />
          }
          columns={[
            { key: 'what', header: 'Held', rowHeader: true, cell: (row) => <Held hold={row} /> },
            {
              key: 'why',
              header: 'Reason',
              cell: (row) => (
                <span className="block max-w-md">
                  {row.reason} {row.reference && <Badge>{row.reference}</Badge>}
                </span>
              ),
            },
            { key: 'by', header: 'Placed by', cell: (row) => row.placedBy },
            { key: 'since', header: 'Since', cell: (row) => <RelativeTime at={row.createdAt} /> },
            {
              key: 'release',
              header: <span className="sr-only">Release</span>,
              align: 'right',
              cell: (row) => canManage && <ReleaseHoldButton hold={row} />,
            },
          ]}
        />
      </Card>
    </>
  );
}

function Held({ hold: { product, domain } }: { hold: Hold }) {
  if (product) {
    return (
      <Link href={`/products/${product.domain}/${product.name}`} className="link">
        {product.title}
      </Link>
    );
  }
  return domain ? (
    <>
      <Link href={`/domains/${domain.name}`} className="link">
        {domain.title}
      </Link>
      <span className="block text-sm font-normal text-subtle">the whole domain</span>
    </>
  ) : (
    'A product that is gone'
  );
}
