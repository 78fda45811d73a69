import { Download } from 'lucide-react';
import Link from 'next/link';
import { TimeLines } from '@/components/charts/time-lines';
import { StatusBadge } from '@/components/ui/badge';
import { FileLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Progress } from '@/components/ui/progress';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import type { CampaignDetail } from '@/lib/insight';
import { CloseCampaignDialog, RecountButton } from './campaign-actions';

interface CampaignViewProps {
  campaign: CampaignDetail;
  filter: { mine?: 'yes' | undefined; state?: 'reached' | 'missing' | undefined };
  query: Query;
}

/** One campaign: its goal, how far it is and was, and its products. */
export function CampaignView({ campaign, filter, query }: CampaignViewProps) {
  const { id, title, goal, words, deadline, everyDays, createdBy, status, counting } = campaign;
  const isOpen = status === 'open';
  const isCounted = counting?.isUnderWay ?? false;
  return (
    <>
      <PageHeader
        title={title}
        description={words || undefined}
        crumbs={[
          { label: 'Insight', href: '/insight' },
          { label: 'Campaigns', href: '/insight/campaigns' },
          { label: title },
        ]}
        badges={
          <StatusBadge tone={status === 'closed' ? 'neutral' : 'info'}>
            {STATES[status]}
          </StatusBadge>
        }
        meta={
          <>
            <span>Goal: {goal}</span>
            <span>
              Until <RelativeTime at={deadline} />
            </span>
            <span>Owners are reminded every {everyDays} days</span>
            {createdBy && <span>Made by {createdBy}</span>}
          </>
        }
        actions={
          <>
            {status !== 'closed' && !isCounted && campaign.mayManage && (
              <RecountButton campaignId={id} />
            )}
            {isOpen && campaign.mayManage && (
              <CloseCampaignDialog campaignId={id} rev={campaign.rev} />
            )}
            <FileLink href={`/api/v1/insight/campaigns/${id}/progress.csv`} icon={<Download />}>
              CSV
            </FileLink>
          </>
        }
      />
      <div className="flex flex-col gap-6">
        <RefreshWhile active={isCounted} />
        <Counting campaign={campaign} />
        {status === 'closed' && <Outcome campaign={campaign} />}
        <Course campaign={campaign} />
        <Products campaign={campaign} filter={filter} query={query} />
      </div>
    </>
  );
}

const STATES: Record<CampaignDetail['status'], string> = {
  ...{ beginning: 'Begins', open: 'Open', closing: 'Being closed', closed: 'Closed' },
};
/** What happens when its products are counted. */
const THEN: Record<CampaignDetail['status'], string> = {
  beginning: 'Then the campaign is open, and owners of products that are not there yet are told.',
  open: 'The figures below move with it.',
  closing: 'Then the campaign is closed, its figures stand, and owners are told.',
  closed: '',
};

/** How far the count is that somebody asked for, and what stopped it. */
function Counting({ campaign: { counting, status, mayManage } }: { campaign: CampaignDetail }) {
  if (counting?.isUnderWay) {
    const { looked } = counting;
    const many = (count: number) => count.toLocaleString('en');
    return (
      <Card title="Its products are being counted" description={THEN[status]}>
        {looked && (
          <Progress
            label="Products that were looked at"
            value={looked.done}
            max={looked.products}
            detail={`${many(looked.done)} of ${many(looked.products)}`}
          />
        )}
      </Card>
    );
  }
  if (!counting?.failure) return null;
  return (
    <Callout tone="warn" title="The count did not come to its end">
      {counting.failure} {mayManage && 'Press “Count now” to begin it anew.'}
    </Callout>
  );
}

function Outcome({ campaign: { outcome, closedAt, closedBy } }: { campaign: CampaignDetail }) {
  return (
    <Callout title="This campaign is closed">
      {outcome} {closedBy ? `Closed by ${closedBy}` : 'Closed by Portolan'}
      {closedAt && (
        <>
          {' '}
          <RelativeTime at={closedAt} />
        </>
      )}
      . Its figures stand.
    </Callout>
  );
}

function Course({ campaign }: { campaign: CampaignDetail }) {
  const { reached, products, progress, title } = campaign;
  return (
    <Card title="Progress" description="Of the products that you may find.">
      <Progress
        label="Products that reached the goal"
        value={reached}
        max={products}
        detail={`${reached} of ${products}`}
      />
      <div className="mt-4">
        <TimeLines
          label={`Products that reached the goal of ${title}, whenever that changed`}
          series={[
            { key: 'reached', label: 'Reached' },
            { key: 'products', label: 'Products' },
          ]}
          points={progress.map(({ at, reached: there, products: all }) => ({
            at,
            values: { reached: there, products: all },
          }))}
        />
      </div>
    </Card>
  );
}

function Products({ campaign, filter, query }: CampaignViewProps) {
  const path = `/insight/campaigns/${campaign.id}`;
  const hrefOf = (mine: string | null, state: string | null) => hrefWith(path, {}, { mine, state });
  const { items, page, hasMore } = campaign;
  return (
    <>
      <Tabs
        label="Products of the campaign"
        current={hrefOf(filter.mine ?? null, filter.state ?? null)}
        items={[
          { href: hrefOf(null, null), label: 'All' },
          { href: hrefOf(null, 'missing'), label: 'Not yet' },
          { href: hrefOf(null, 'reached'), label: 'Reached' },
          { href: hrefOf('yes', null), label: 'Yours' },
        ]}
      />
      <Card flush>
        <ProductTable items={items} />
      </Card>
      <Pagination
        label="Pages of products"
        firstHref={page > 1 ? hrefWith(path, query, { page: null }) : null}
        nextHref={hasMore ? hrefWith(path, query, { page: String(page + 1) }) : null}
      />
    </>
  );
}

function ProductTable({ items }: { items: CampaignDetail['items'] }) {
  return (
    <Table
      caption="Products of the campaign"
      rows={items}
      rowKey={({ address }) => address}
      empty={<EmptyState title="No product here" description="Look at all of its products." />}
      columns={[
        {
          key: 'title',
          header: 'Product',
          rowHeader: true,
          cell: ({ address, title }) => (
            <Link href={`/products/${address}/scorecard`} className="link">
              {title}
            </Link>
          ),
        },
        { key: 'owner', header: 'Owner', cell: ({ owner }) => owner },
        {
          key: 'state',
          header: 'Goal',
          cell: ({ isReached }) => (
            <StatusBadge tone={isReached ? 'ok' : 'warn'}>
              {isReached ? 'Reached' : 'Not yet'}
            </StatusBadge>
          ),
        },
        { key: 'since', header: 'Since', cell: ({ since }) => <RelativeTime at={since} /> },
      ]}
    />
  );
}
