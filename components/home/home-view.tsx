import { Blocks, CircleCheck, Compass, PackagePlus } from 'lucide-react';
import Link from 'next/link';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stat } from '@/components/ui/stat';
import { EmptyState } from '@/components/ui/states';
import type { DomainSummary } from '@/lib/catalog';
import type { DraftRow, FailedRunRow, MyWork, WorkProduct } from '@/lib/insight';
import type { OpenIncidents } from '@/lib/quality';

interface HomeViewProps {
  name: string;
  work: MyWork;
  domains: DomainSummary[];
  incidents: OpenIncidents;
}

const sum = (rows: DomainSummary[], of: (row: DomainSummary) => number) =>
  rows.reduce((total, row) => total + of(row), 0);

export function HomeView({ name, work, domains, incidents }: HomeViewProps) {
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
      <div className="grid gap-6 lg:grid-cols-2">
        <NeedsYou drafts={work.drafts} failedRuns={work.failedRuns} />
        <Card title="Your products">
          {work.products.length > 0 ? (
            <ProductList products={work.products} />
          ) : (
            <EmptyState
              icon={<Blocks />}
              title="You own no product yet"
              description={
                work.canCreateProduct
                  ? 'The wizard takes you from a file to an answering data product.'
                  : 'Producers create products. A data admin of your domain can make you one.'
              }
              actions={
                work.canCreateProduct ? (
                  <ButtonLink href="/products/new">Create the first</ButtonLink>
                ) : (
                  <ButtonLink href="/domains">See the domains</ButtonLink>
                )
              }
            />
          )}
        </Card>
      </div>
      <Card title="New in the mesh">
        {work.recent.length > 0 ? (
          <ProductList products={work.recent} />
        ) : (
          <EmptyState
            icon={<Compass />}
            title="Nothing has been published yet"
            description="Products appear here as soon as they answer."
          />
        )}
      </Card>
    </div>
  );
}

const rowLook = 'flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5';

function NeedsYou({ drafts, failedRuns }: { drafts: DraftRow[]; failedRuns: FailedRunRow[] }) {
  if (drafts.length + failedRuns.length === 0) {
    return (
      <Card title="Needs you">
        <EmptyState
          icon={<CircleCheck />}
          title="Nothing waits for you"
          description="Failed runs and drafts you have not submitted show up here."
        />
      </Card>
    );
  }
  return (
    <Card title="Needs you">
      <ul className="divide-y">
        {failedRuns.map((run) => (
          <li key={run.id} className={rowLook}>
            <span className="min-w-0">
              <Link href={`/runs/${run.id}`} className="link font-medium">
                {run.title}
              </Link>
              {run.error && <p className="line-clamp-2 text-sm text-muted">{run.error}</p>}
            </span>
            <span className="flex items-center gap-2 text-sm text-muted">
              <StatusBadge tone="error">
                {run.kind === 'retire' ? 'Retiring failed' : 'Run failed'}
              </StatusBadge>
              <RelativeTime at={run.at} />
            </span>
          </li>
        ))}
        {drafts.map((draft) => (
          <li key={draft.id} className={rowLook}>
            <Link href={`/products/drafts/${draft.id}`} className="link min-w-0 font-medium">
              {draft.title}
            </Link>
            <span className="flex items-center gap-2 text-sm text-muted">
              <StatusBadge tone="neutral">Draft</StatusBadge>
              <RelativeTime at={draft.updatedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ProductList({ products }: { products: WorkProduct[] }) {
  return (
    <ul className="divide-y">
      {products.map((product) => (
        <li key={product.id} className={rowLook}>
          <span className="min-w-0">
            <Link
              href={`/products/${product.domain}/${product.name}`}
              className="link font-medium break-words"
            >
              {product.title}
            </Link>
            <span className="block font-mono text-xs break-all text-subtle">
              {product.domain}/{product.name}
            </span>
          </span>
          <span className="flex flex-wrap items-center gap-2 text-sm text-muted">
            <Badge title="Classification">{product.classification}</Badge>
            <StatusBadge tone={product.isLive ? 'ok' : 'neutral'}>
              {product.isLive ? 'Live' : product.status}
            </StatusBadge>
            <RelativeTime at={product.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
