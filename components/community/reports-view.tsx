import { Flag } from 'lucide-react';
import Link from 'next/link';
import { GovernanceTabs } from '@/components/governance/governance-tabs';
import { Badge, StatusBadge, type StatusTone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Tabs } from '@/components/ui/tabs';
import type { ReportRow } from '@/lib/community';
import { DecideButton } from './decide-button';
import { SaidName, SaidText } from './said';

const PATH = '/governance/reports';
const STATES: Record<ReportRow['status'], { label: string; tone: StatusTone }> = {
  open: { label: 'Waits', tone: 'warn' },
  hidden: { label: 'Hidden', tone: 'neutral' },
  kept: { label: 'Stands', tone: 'ok' },
};

interface ReportsViewProps {
  items: ReportRow[];
  nextPage: string | null;
  query: Query;
  status: ReportRow['status'] | null;
}

/** What people reported of what others wrote: a steward hides it, or lets it stand. */
export function ReportsView({ items, nextPage, query, status }: ReportsViewProps) {
  const hrefOf = (state: string | null) => hrefWith(PATH, query, { status: state });
  const states = Object.entries(STATES);
  return (
    <>
      <PageHeader
        title="Reports"
        description="Reviews, questions and answers that somebody finds out of place."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Reports' }]}
      />
      <GovernanceTabs current={PATH} />
      <Tabs
        label="State of the reports"
        className="mb-4"
        current={hrefOf(status)}
        items={[
          { href: hrefOf(null), label: 'All' },
          ...states.map(([state, { label }]) => ({ href: hrefOf(state), label })),
        ]}
      />
      <Card flush>
        {items.length === 0 ? (
          <EmptyState
            icon={<Flag />}
            title={status === 'open' ? 'No report waits' : 'Nothing was reported'}
            description="The flag beside a review, a question or an answer brings it here."
          />
        ) : (
          <ul className="divide-y">
            {items.map((row) => (
              <Report key={row.id} row={row} />
            ))}
          </ul>
        )}
      </Card>
      <div className="mt-4">
        <Pagination
          firstHref={query.after ? hrefOf(status) : null}
          nextHref={nextPage && hrefWith(PATH, query, { after: nextPage })}
        />
      </div>
    </>
  );
}

function Report({ row }: { row: ReportRow }) {
  const { label, tone } = STATES[row.status];
  return (
    <li className="grid gap-3 px-5 py-4">
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
        <StatusBadge tone={tone}>{label}</StatusBadge>
        <Badge>{row.kind}</Badge>
        <span>
          about{' '}
          <Link href={`/products/${row.product.address}/community`} className="link">
            {row.product.title}
          </Link>
        </span>
        <RelativeTime at={row.createdAt} />
      </p>
      <div className="border-l-2 pl-4">
        {row.author ? (
          <>
            <p className="text-sm text-muted">
              <SaidName name={row.author} /> wrote
            </p>
            <SaidText text={row.text || 'No words, only stars.'} />
          </>
        ) : (
          <p className="text-muted">Its author withdrew it.</p>
        )}
      </div>
      <div>
        <p className="text-sm text-muted">
          <SaidName name={row.reporter} /> reports
        </p>
        <SaidText text={row.reason} />
      </div>
      {row.note && (
        <div>
          <p className="text-sm text-muted">Decided</p>
          <SaidText text={row.note} />
        </div>
      )}
      {row.author && (
        <div className="flex flex-wrap gap-2">
          {row.status !== 'hidden' && <DecideButton reportId={row.id} decision="hide" />}
          {row.status !== 'kept' && <DecideButton reportId={row.id} decision="keep" />}
        </div>
      )}
    </li>
  );
}
