import Link from 'next/link';
import { StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import { PRIVACY_STATES, type PrivacyRow } from '@/lib/compliance';
import { GovernanceTabs } from '../governance/governance-tabs';
import { clockWords, REGULATION, requestLook } from './privacy-words';
import { type Kinds, ReceiveRequestDialog } from './receive-request-dialog';

const PATH = '/governance/privacy';
const STATES = { open: 'Open', completed: 'Completed', rejected: 'Rejected' };

interface PrivacyViewProps {
  requests: PrivacyRow[];
  nextPage: string | null;
  query: Query;
  state: string | null;
  kinds: Kinds;
}

export function PrivacyView({ requests, nextPage, query, state, kinds }: PrivacyViewProps) {
  const hrefOf = (to: string | null) => hrefWith(PATH, query, { state: to });
  return (
    <>
      <PageHeader
        title="Privacy requests"
        description="A person asks what is held about them, for a copy, or to be erased. Portolan finds them in every product that declares personal data."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Privacy' }]}
        actions={
          <>
            <ButtonLink href={`${PATH}/holds`}>Legal holds</ButtonLink>
            <ButtonLink href={`${PATH}/verify`}>Verify a receipt</ButtonLink>
            <ReceiveRequestDialog kinds={kinds} />
          </>
        }
      />
      <GovernanceTabs current={PATH} />
      <Tabs
        label="State of the requests"
        className="mb-4"
        current={hrefOf(state)}
        items={[
          { href: hrefOf(null), label: 'All' },
          ...PRIVACY_STATES.map((one) => ({ href: hrefOf(one), label: STATES[one] })),
        ]}
      />
      <Card flush>
        <Table
          caption="Privacy requests"
          rows={requests}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title="No request here"
              description="Take one in as it arrives: the law’s clock runs from the day it was received."
            />
          }
          columns={[
            {
              key: 'what',
              header: 'Request',
              rowHeader: true,
              cell: (row) => (
                <Link href={`${PATH}/${row.id}`} className="link">
                  {row.title}
                </Link>
              ),
            },
            { key: 'law', header: 'Law', cell: (row) => REGULATION[row.regulation] },
            {
              key: 'state',
              header: 'State',
              cell: ({ status }) => (
                <StatusBadge tone={requestLook(status).tone}>
                  {requestLook(status).label}
                </StatusBadge>
              ),
            },
            { key: 'clock', header: 'Clock', cell: (row) => <Clock row={row} /> },
            { key: 'in', header: 'Received', cell: (row) => <RelativeTime at={row.receivedAt} /> },
            { key: 'products', header: 'Products', align: 'right', cell: (row) => row.products },
          ]}
        />
      </Card>
      <div className="mt-4">
        <Pagination
          firstHref={query.after ? hrefWith(PATH, query, {}) : null}
          nextHref={nextPage && hrefWith(PATH, query, { after: nextPage })}
        />
      </div>
    </>
  );
}

function Clock({ row }: { row: PrivacyRow }) {
  const clock = clockWords(row);
  if (clock) return <StatusBadge tone={clock.tone}>{clock.text}</StatusBadge>;
  return row.completedAt ? <RelativeTime at={row.completedAt} /> : null;
}
