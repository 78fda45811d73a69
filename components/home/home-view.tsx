import { Blocks, Compass, PackagePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { TodayCard } from '@/components/governance/today-card';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stat } from '@/components/ui/stat';
import { EmptyState } from '@/components/ui/states';
import type { InboxRow } from '@/lib/alerts';
import type { DomainSummary } from '@/lib/catalog';
import type { PopularProduct, RecentProduct } from '@/lib/community';
import type { MyWork, NeedItem, TodaySection, WorkProduct } from '@/lib/insight';
import type { OpenIncidents } from '@/lib/quality';
import { ContinueReading, HomeRow, NeedsYou, Popular, WhatChanged } from './home-lists';

interface HomeViewProps {
  name: string;
  work: MyWork;
  domains: DomainSummary[];
  incidents: OpenIncidents;
  needs: NeedItem[];
  /** What waits for a decision; empty for those who decide nothing. */
  today: TodaySection[];
  alerts: InboxRow[];
  recent: RecentProduct[];
  popular: PopularProduct[];
  /** What the person leads or owns, in figures. */
  figures: ReactNode;
}

const sum = (rows: DomainSummary[], of: (row: DomainSummary) => number) =>
  rows.reduce((total, row) => total + of(row), 0);

/** What needs this person, what changed, what they own, and where they left off: by what their roles hold. */
export function HomeView(props: HomeViewProps) {
  const { name, work, domains, incidents, needs, today, alerts, recent, popular, figures } = props;
  const isDeciding = today.some(({ count }) => count > 0);
  const waits = needs.length + work.failedRuns.length + work.drafts.length > 0;
  const failing = sum(domains, (row) => row.failingCount);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        className="mb-0"
        title={`Welcome, ${name.split(' ')[0]}`}
        description="What waits for you, what you own, and what is new in the mesh."
        actions={
          work.canCreateProduct && (
            <ButtonLink href="/products/new" variant="primary" icon={<PackagePlus />}>
              New product
            </ButtonLink>
          )
        }
      />
      <div className="grid gap-3 grid-cols-2 lg:grid-cols-4">
        <Stat label="Products" value={sum(domains, (row) => row.productCount)} href="/catalog" />
        <Stat label="Live" value={sum(domains, (row) => row.liveCount)} href="/catalog" />
        <Stat
          label="Failing"
          value={failing}
          href="/domains"
          status={
            failing > 0 ? <StatusBadge tone="error">latest run failed</StatusBadge> : undefined
          }
        />
        <Stat
          label="Quality incidents"
          value={incidents.errors + incidents.warnings}
          href="/governance/incidents"
          status={
            incidents.mine > 0 ? (
              <StatusBadge tone="warn">{incidents.mine} assigned to you</StatusBadge>
            ) : undefined
          }
        />
      </div>
      {isDeciding && <TodayCard sections={today} />}
      {figures}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        {(waits || !isDeciding) && (
          <NeedsYou needs={needs} failedRuns={work.failedRuns} drafts={work.drafts} />
        )}
        <WhatChanged alerts={alerts} />
        <ContinueReading products={recent} />
        <YourProducts products={work.products} canCreate={work.canCreateProduct} />
        <Popular products={popular} />
        <NewProducts products={work.recent} />
      </div>
    </div>
  );
}

function YourProducts({ products, canCreate }: { products: WorkProduct[]; canCreate: boolean }) {
  return (
    <Card title="Your products">
      {products.length > 0 ? (
        <ProductList products={products} />
      ) : (
        <EmptyState
          icon={<Blocks />}
          title="You own no product yet"
          description={
            canCreate
              ? 'The wizard takes you from a file to an answering data product.'
              : 'Producers create products. A data admin of your domain can make you one.'
          }
          actions={
            canCreate ? (
              <ButtonLink href="/products/new">Create the first</ButtonLink>
            ) : (
              <ButtonLink href="/domains">See the domains</ButtonLink>
            )
          }
        />
      )}
    </Card>
  );
}

function NewProducts({ products }: { products: WorkProduct[] }) {
  return (
    <Card title="New in the mesh">
      {products.length > 0 ? (
        <ProductList products={products} />
      ) : (
        <EmptyState
          icon={<Compass />}
          title="Nothing has been published yet"
          description="Products appear here as soon as they answer."
        />
      )}
    </Card>
  );
}

function ProductList({ products }: { products: WorkProduct[] }) {
  return (
    <ul className="divide-y">
      {products.map((product) => (
        <HomeRow
          key={product.id}
          href={`/products/${product.domain}/${product.name}`}
          title={product.title}
          detail={
            <span className="block font-mono text-xs break-all text-subtle">
              {product.domain}/{product.name}
            </span>
          }
        >
          <Badge title="Classification">{product.classification}</Badge>
          <StatusBadge tone={product.isLive ? 'ok' : 'neutral'}>
            {product.isLive ? 'Live' : product.status}
          </StatusBadge>
          <RelativeTime at={product.at} />
        </HomeRow>
      ))}
    </ul>
  );
}
