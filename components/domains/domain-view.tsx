import { ChartLine, PackagePlus } from 'lucide-react';
import Link from 'next/link';
import { insightHref } from '@/components/insight/scope-href';
import { Badge, StatusBadge, type StatusTone } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { DomainDetail, DomainProduct, ProductHealth } from '@/lib/catalog';
import { DomainActions } from './domain-actions';
import { DomainHealth } from './domain-health';
import { MembersCard } from './members-card';

interface DomainViewProps {
  domain: DomainDetail;
  may: { edit: boolean; manageMembers: boolean; archive: boolean; createProduct: boolean };
}

export function DomainView({ domain, may }: DomainViewProps) {
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        className="mb-0"
        title={domain.title}
        crumbs={[{ label: 'Domains', href: '/domains' }, { label: domain.title }]}
        badges={domain.isArchived && <StatusBadge tone="neutral">Archived</StatusBadge>}
        meta={<DomainHealth domain={domain} />}
        actions={
          <>
            <ButtonLink
              href={insightHref({ range: '30d', domain: domain.name })}
              icon={<ChartLine />}
            >
              Insight
            </ButtonLink>
            <DomainActions domain={domain} canEdit={may.edit} canArchive={may.archive} />
            {may.createProduct && (
              <ButtonLink
                href={`/products/new?domain=${domain.name}`}
                variant="primary"
                icon={<PackagePlus />}
              >
                New product
              </ButtonLink>
            )}
          </>
        }
      />
      <p className="max-w-3xl whitespace-pre-line text-muted">
        {domain.description || 'No description yet.'}
      </p>
      {domain.owners.length === 0 && (
        <Callout tone="warn" title="This domain has no data admin">
          Nobody in it can manage members or grants. A platform admin can name one below.
        </Callout>
      )}
      <ProductsCard domain={domain} canCreate={may.createProduct} />
      <MembersCard domain={domain} canManage={may.manageMembers} />
    </div>
  );
}

const HEALTH: Record<ProductHealth, { text: string; tone: StatusTone }> = {
  live: { text: 'Live', tone: 'ok' },
  failing: { text: 'Latest run failed', tone: 'error' },
  provisioning: { text: 'Run in progress', tone: 'running' },
  idle: { text: 'Not provisioned', tone: 'neutral' },
};

const columns = (domain: string) => [
  {
    key: 'title',
    header: 'Product',
    rowHeader: true,
    cell: (row: DomainProduct) => (
      <Link href={`/products/${domain}/${row.name}`} className="link font-medium">
        {row.title}
      </Link>
    ),
  },
  {
    key: 'health',
    header: 'Health',
    cell: (row: DomainProduct) => (
      <StatusBadge tone={HEALTH[row.health].tone}>{HEALTH[row.health].text}</StatusBadge>
    ),
  },
  { key: 'status', header: 'Lifecycle', cell: (row: DomainProduct) => row.status },
  {
    key: 'classification',
    header: 'Classification',
    cell: (row: DomainProduct) => <Badge>{row.classification}</Badge>,
  },
  { key: 'owner', header: 'Owner', cell: (row: DomainProduct) => row.ownerName },
  {
    key: 'updated',
    header: 'Changed',
    cell: (row: DomainProduct) => <RelativeTime at={row.updatedAt} />,
  },
];

function ProductsCard({ domain, canCreate }: { domain: DomainDetail; canCreate: boolean }) {
  return (
    <Card title="Data products" flush>
      <Table
        caption={`Data products of ${domain.title}`}
        columns={columns(domain.name)}
        rows={domain.products}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            title="No data product yet"
            description="Products of this domain show up here, from the first draft on."
            actions={
              canCreate && (
                <ButtonLink href={`/products/new?domain=${domain.name}`}>
                  Create the first
                </ButtonLink>
              )
            }
          />
        }
      />
    </Card>
  );
}
