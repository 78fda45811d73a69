import Link from 'next/link';
import { StatusBadge, type StatusTone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import { WAIVER_STATES, type WaiverRow } from '@/lib/governance';
import { GovernanceTabs } from './governance-tabs';
import { WaiverButtons } from './waiver-buttons';

const PATH = '/governance/waivers';
const LOOK: Record<string, { label: string; tone: StatusTone }> = {
  requested: { label: 'Waits', tone: 'warn' },
  approved: { label: 'Approved', tone: 'ok' },
  rejected: { label: 'Rejected', tone: 'error' },
  revoked: { label: 'Revoked', tone: 'neutral' },
  expired: { label: 'Ended', tone: 'neutral' },
};

interface WaiversViewProps {
  waivers: WaiverRow[];
  nextPage: string | null;
  canDecide: boolean;
  query: Query;
  status: string | null;
}

export function WaiversView({ waivers, nextPage, canDecide, query, status }: WaiversViewProps) {
  const hrefOf = (state: string | null) => hrefWith(PATH, query, { status: state });
  return (
    <>
      <PageHeader
        title="Waivers"
        description="Findings that are accepted until a day, with who mends them and why it takes so long."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Waivers' }]}
      />
      <GovernanceTabs current="/governance/waivers" />
      <Tabs
        label="State of the waivers"
        className="mb-4"
        current={hrefOf(status)}
        items={[
          { href: hrefOf(null), label: 'All' },
          ...WAIVER_STATES.map((state) => ({
            href: hrefOf(state),
            label: LOOK[state]?.label ?? state,
          })),
        ]}
      />
      <Card flush>
        <Table
          caption="Waivers"
          rows={waivers}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title="No waiver here"
              description="Where governance blocks a product, its author can ask for a waiver in the wizard’s review."
            />
          }
          columns={[
            { key: 'for', header: 'For', rowHeader: true, cell: (row) => <Subject row={row} /> },
            { key: 'rule', header: 'Rule', cell: (row) => <code>{row.ruleId}</code> },
            {
              key: 'state',
              header: 'State',
              cell: (row) => (
                <StatusBadge tone={LOOK[row.status]?.tone ?? 'neutral'}>
                  {LOOK[row.status]?.label ?? row.status}
                </StatusBadge>
              ),
            },
            {
              key: 'why',
              header: 'Reason',
              cell: (row) => (
                <span className="block max-w-sm">
                  {row.reason}
                  {row.decisionNote && (
                    <span className="block text-sm text-muted">
                      {row.decidedBy}: {row.decisionNote}
                    </span>
                  )}
                </span>
              ),
            },
            { key: 'owner', header: 'Mended by', cell: (row) => row.owner },
            { key: 'end', header: 'Ends', cell: (row) => <RelativeTime at={row.expiresAt} /> },
            {
              key: 'decide',
              header: <span className="sr-only">Decide</span>,
              align: 'right',
              cell: (row) => canDecide && <WaiverButtons waiver={row} />,
            },
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

function Subject({ row }: { row: WaiverRow }) {
  return (
    <>
      {row.product ? (
        <Link href={`/products/${row.product.domain}/${row.product.name}`} className="link">
          {row.product.title}
        </Link>
      ) : (
        'A draft'
      )}
      <span className="block text-sm font-normal text-subtle">
        asked for by {row.requestedBy}, <RelativeTime at={row.createdAt} />
      </span>
    </>
  );
}
