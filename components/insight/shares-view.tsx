'use client';

import { Share2 } from 'lucide-react';
import { revokeShareAction, setSharingAction } from '@/app/(portal)/insight/actions';
import { StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { hrefWith } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import type { ShareRow, Shares } from '@/lib/insight';
import { ConfirmAct } from './confirm-act';
import { InsightNav } from './insight-nav';
import { askedText } from './period-words';

const PATH = '/insight/shares';
const hrefOf = (of: string, page?: number) =>
  hrefWith(PATH, {}, { of: of === 'all' ? 'all' : null, page: page ? String(page) : null });

/** Links that show figures without signing in. */
export function SharesView({ found }: { found: Shares }) {
  const { of, page, hasMore, isAllowed, mayManage } = found;
  return (
    <>
      <PageHeader
        title="Share links"
        description="A link shows figures to whoever has it, as its maker may find them when it is opened. Make one with Share on any figure."
        actions={mayManage && <SharingSwitch isAllowed={isAllowed} />}
      />
      <InsightNav current={PATH} />
      {mayManage && (
        <Tabs
          label="Whose links"
          className="mb-4"
          current={hrefOf(of)}
          items={[
            { href: hrefOf('mine'), label: 'My links' },
            { href: hrefOf('all'), label: 'All links' },
          ]}
        />
      )}
      <div className="flex flex-col gap-6">
        {!isAllowed && (
          <Callout tone="warn" title="Your organisation does not allow share links">
            No link can be made, and those that there are show nothing.
          </Callout>
        )}
        <Card flush>
          <SharesTable found={found} />
        </Card>
        <Pagination
          label="Pages of links"
          firstHref={page > 1 ? hrefOf(of) : null}
          nextHref={hasMore ? hrefOf(of, page + 1) : null}
        />
      </div>
    </>
  );
}

function SharesTable({ found: { of, shares, mayShare } }: { found: Shares }) {
  const by = { key: 'by', header: 'By', cell: (row: ShareRow) => row.by };
  return (
    <Table
      caption={of === 'all' ? 'All share links' : 'Your share links'}
      rows={shares}
      rowKey={(row) => row.id}
      empty={
        <EmptyState
          icon={<Share2 />}
          title={of === 'all' ? 'Nobody shares figures' : 'You share no figures'}
          description={
            mayShare
              ? 'Open Insight or one of its figures and press Share.'
              : 'Sharing needs a role in a domain. Ask its data admin.'
          }
        />
      }
      columns={[
        {
          key: 'title',
          header: 'Link',
          rowHeader: true,
          cell: (row) => (
            <>
              <span className="block font-medium break-words">{row.title}</span>
              <span className="block text-sm font-normal text-subtle">
                {row.metric ?? 'The overview'} of {row.place}, {askedText(row)}
              </span>
            </>
          ),
        },
        ...(of === 'all' ? [by] : []),
        {
          key: 'openings',
          header: 'Opened',
          align: 'right',
          cell: (row) => row.openings.toLocaleString('en'),
        },
        {
          key: 'last',
          header: 'Last opened',
          cell: (row) => (row.lastOpenedAt ? <RelativeTime at={row.lastOpenedAt} /> : 'Never'),
        },
        {
          key: 'ends',
          header: 'Ends',
          cell: (row) =>
            row.state === 'active' ? (
              <RelativeTime at={row.expiresAt} />
            ) : (
              <StatusBadge tone="neutral">
                {row.state === 'revoked' ? 'Revoked' : 'Expired'}
              </StatusBadge>
            ),
        },
        {
          key: 'revoke',
          header: <span className="sr-only">Revoke</span>,
          align: 'right',
          cell: (row) => row.state === 'active' && <RevokeShare share={row} />,
        },
      ]}
    />
  );
}

const RevokeShare = ({ share }: { share: ShareRow }) => (
  <ConfirmAct
    label="Revoke"
    title={`Revoke ${share.title}?`}
    effects={['Whoever has the link sees nothing from now on.', 'It cannot be brought back.']}
    call={revokeShareAction}
    input={{ shareId: share.id }}
  />
);

/** Whether the organisation allows share links. */
function SharingSwitch({ isAllowed }: { isAllowed: boolean }) {
  return (
    <ConfirmDialog
      trigger={<Button>{isAllowed ? 'Forbid share links' : 'Allow share links'}</Button>}
      title={isAllowed ? 'Forbid share links?' : 'Allow share links?'}
      effects={
        isAllowed
          ? ['Nobody can make a link.', 'Links that there are show nothing, until you allow them.']
          : ['Who has a role can make links.', 'Links that are not over show their figures again.']
      }
      danger={isAllowed}
      confirmLabel={isAllowed ? 'Forbid' : 'Allow'}
      onConfirm={() => setSharingAction({ isAllowed: !isAllowed })}
    />
  );
}
