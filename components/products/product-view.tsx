import { AnnounceDialog } from '@/components/community/announce-dialog';
import { AnnouncementsBanner } from '@/components/community/announcements';
import { CommunityTab } from '@/components/community/community-tab';
import { FollowControl, StandingFacts } from '@/components/community/standing';
import { UsageTab } from '@/components/community/usage-tab';
import { ActivityTab } from '@/components/documentation/activity-tab';
import { DocumentationTab } from '@/components/documentation/documentation-tab';
import { HeaderBadge } from '@/components/governance/certification-card';
import { LifecycleTab } from '@/components/lifecycle/lifecycle-tab';
import { LineageExplorer } from '@/components/lineage/lineage-explorer';
import { RetireButton } from '@/components/provisioning/retire-button';
import { ScorecardTab } from '@/components/scorecards/scorecard-tab';
import { SloTab } from '@/components/slo/slo-tab';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import type { Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Tabs } from '@/components/ui/tabs';
import { VersionsTab } from '@/components/versions/versions-tab';
import { type Ctx, can } from '@/lib/core';
import { productTerms } from '@/lib/glossary';
import type { ProductPage } from '@/lib/serving';
import { AccessTab } from './access-tab';
import { ApiTab } from './api-tab';
import { ContractTab } from './contract-tab';
import { DataTab } from './data-tab';
import { DescriptorTab } from './descriptor-tab';
import { countText, statusLabel, titleCase } from './labels';
import { OverviewTab } from './overview-tab';
import { PRODUCT_TABS, type ProductTab, tabHref } from './product-tabs';
import { QualityTab } from './quality-tab';
import { RunNowButton } from './run-now-button';
import { RunsTab } from './runs-tab';
import { SchemaTab } from './schema-tab';

interface ProductViewProps {
  ctx: Ctx;
  page: ProductPage;
  tab: ProductTab;
  query: Query;
  /** The portal's own origin, for addresses that are copied. */
  origin: string;
}

export function ProductView({ ctx, page, tab, query, origin }: ProductViewProps) {
  const address = `${page.domain}/${page.name}`;
  const isRetired = page.status === 'retired';
  return (
    <>
      <ProductHeader ctx={ctx} page={page} />
      <AnnouncementsBanner ctx={ctx} productId={page.id} />
      {isRetired && (
        <Callout tone="warn" title="This product is retired" className="mb-4">
          Its data and keys are destroyed. The history below is kept.
        </Callout>
      )}
      <Tabs
        label="Product"
        className="mb-6"
        current={tabHref(address, tab)}
        items={PRODUCT_TABS.map(({ key, label }) => ({ href: tabHref(address, key), label }))}
      />
      <TabBody ctx={ctx} page={page} tab={tab} query={query} origin={origin} />
    </>
  );
}

function TabBody({ ctx, page, tab, query, origin }: ProductViewProps) {
  const address = `${page.domain}/${page.name}`;
  switch (tab) {
    case 'overview':
      return <OverviewTab ctx={ctx} page={page} />;
    case 'documentation':
      return <DocumentationTab ctx={ctx} page={page} />;
    case 'schema':
      return <SchemaWithTerms ctx={ctx} page={page} />;
    case 'contract':
      return <ContractTab ctx={ctx} page={page} />;
    case 'data':
      return <DataTab address={address} fields={page.schema} />;
    case 'api':
      return <ApiTab page={page} origin={origin} />;
    case 'quality':
      return <QualityTab ctx={ctx} page={page} />;
    case 'lineage':
      return <LineageExplorer product={address} />;
    case 'slo':
      return <SloTab ctx={ctx} product={page} query={query} />;
    case 'lifecycle':
      return <LifecycleTab ctx={ctx} page={page} />;
    case 'runs':
      return <RunsTab ctx={ctx} page={page} />;
    case 'access':
      return <AccessTab ctx={ctx} productId={page.id} />;
    case 'community':
      return <CommunityTab ctx={ctx} page={page} query={query} />;
    case 'usage':
      return <UsageTab ctx={ctx} page={page} />;
    case 'scorecard':
      return <ScorecardTab ctx={ctx} product={page} query={query} />;
    case 'versions':
      return <VersionsTab ctx={ctx} page={page} />;
    case 'activity':
      return <ActivityTab ctx={ctx} page={page} query={query} />;
    case 'descriptor':
      return <DescriptorTab page={page} />;
  }
}

async function SchemaWithTerms({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const { terms } = await productTerms(ctx, page.id);
  return <SchemaTab fields={page.schema} terms={terms} />;
}

function ProductHeader({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const status = statusLabel(page.status);
  const scope = { domainId: page.domainId, ownerId: page.ownerId };
  const isLiving = page.status !== 'retired' && page.snapshot !== null;
  return (
    <PageHeader
      title={page.title}
      description={page.description}
      crumbs={[
        { label: 'Catalogue', href: '/catalog' },
        { label: page.domainTitle, href: page.links.domain },
        { label: page.title },
      ]}
      badges={
        <>
          <HeaderBadge ctx={ctx} productId={page.id} />
          <StatusBadge tone={status.tone}>{status.text}</StatusBadge>
          <Badge title="Classification">{titleCase(page.classification)}</Badge>
        </>
      }
      meta={
        <>
          <span className="font-mono">
            {page.domain}/{page.name}
          </span>
          <span>Version {page.version}</span>
          <span>Owned by {page.ownerName}</span>
          <StandingFacts ctx={ctx} productId={page.id} address={`${page.domain}/${page.name}`} />
          {page.snapshot && (
            <>
              <span className="tabular">{countText(page.snapshot.rowCount)} rows</span>
              <span>
                Updated <RelativeTime at={page.snapshot.createdAt} />
              </span>
            </>
          )}
        </>
      }
      actions={
        <>
          {page.status !== 'retired' && (
            <FollowControl ctx={ctx} productId={page.id} title={page.title} />
          )}
          {isLiving && can(ctx, 'community.represent', scope) && (
            <AnnounceDialog productId={page.id} />
          )}
          {isLiving && can(ctx, 'product.operate', scope) && <RunNowButton productId={page.id} />}
          {isLiving && can(ctx, 'product.retire', scope) && (
            <RetireButton productId={page.id} path={`${page.domain}/${page.name}`} />
          )}
        </>
      }
    />
  );
}
