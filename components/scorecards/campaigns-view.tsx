import { Flag } from 'lucide-react';
import Link from 'next/link';
import { InsightNav } from '@/components/insight/insight-nav';
import { Card } from '@/components/ui/card';
import { hrefWith } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Progress } from '@/components/ui/progress';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import type { CampaignRow } from '@/lib/insight';
import { type CampaignChoices, MakeCampaignDialog } from './make-campaign-dialog';

const PATH = '/insight/campaigns';

interface CampaignsViewProps {
  list: { items: CampaignRow[]; page: number; hasMore: boolean; mayManage: boolean };
  status: 'open' | 'closed';
  choices: CampaignChoices;
}

/** What stewards ask of products by a day, and how far it is. */
export function CampaignsView({ list, status, choices }: CampaignsViewProps) {
  const hrefOf = (one: 'open' | 'closed', page?: number) =>
    hrefWith(PATH, {}, { status: one === 'open' ? null : one, page: page ? String(page) : null });
  return (
    <>
      <PageHeader
        title="Campaigns"
        description="Products that should reach a goal by a day. Their owners are told, reminded, and see their part on their home page."
        actions={list.mayManage && <MakeCampaignDialog choices={choices} />}
      />
      <InsightNav current={PATH} />
      <Tabs
        label="State of the campaigns"
        className="mb-4"
        current={hrefOf(status)}
        items={[
          { href: hrefOf('open'), label: 'Open' },
          { href: hrefOf('closed'), label: 'Closed' },
        ]}
      />
      <Card flush>
        <CampaignTable items={list.items} status={status} />
      </Card>
      <div className="mt-4">
        <Pagination
          label="Pages of campaigns"
          firstHref={list.page > 1 ? hrefOf(status) : null}
          nextHref={list.hasMore ? hrefOf(status, list.page + 1) : null}
        />
      </div>
    </>
  );
}

function CampaignTable({ items, status }: { items: CampaignRow[]; status: 'open' | 'closed' }) {
  return (
    <Table
      caption={`Campaigns that are ${status}`}
      rows={items}
      rowKey={({ id }) => id}
      empty={
        <EmptyState
          icon={<Flag />}
          title={`No campaign is ${status}`}
          description="A steward makes one: a goal, the products, a deadline."
        />
      }
      columns={[
        {
          key: 'title',
          header: 'Campaign',
          rowHeader: true,
          cell: ({ id, title, goal }) => (
            <>
              <Link href={`${PATH}/${id}`} className="link">
                {title}
              </Link>
              <span className="block text-sm font-normal text-subtle">{goal}</span>
            </>
          ),
        },
        {
          key: 'progress',
          header: 'Reached',
          className: 'min-w-44',
          cell: ({ title, status: state, reached, products }) =>
            state === 'beginning' ? (
              <span className="text-subtle">Its products are being counted</span>
            ) : (
              <Progress
                label={`Reached in ${title}`}
                hideLabel={false}
                value={reached}
                max={products}
                detail={`${reached} of ${products}`}
              />
            ),
        },
        {
          key: 'mine',
          header: 'Yours that are left',
          align: 'right',
          cell: ({ id, mine }) =>
            mine > 0 ? (
              <Link href={`${PATH}/${id}?mine=yes`} className="link">
                {mine}
              </Link>
            ) : (
              '–'
            ),
        },
        {
          key: 'deadline',
          header: 'Until',
          cell: ({ deadline }) => <RelativeTime at={deadline} />,
        },
        { key: 'by', header: 'By', cell: ({ createdBy }) => createdBy ?? '–' },
      ]}
    />
  );
}
