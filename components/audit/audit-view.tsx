import { Download } from 'lucide-react';
import { ButtonLink, FileLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import {
  type AuditPage,
  type AuditRow,
  differencesOf,
  type AuditView as SavedView,
  searchOf,
  type Verification,
} from '@/lib/audit';
import { GovernanceTabs } from '../governance/governance-tabs';
import { AuditFilters } from './audit-filters';
import { auditQueryOf } from './audit-query-of';
import { AuditTable } from './audit-table';
import { EventDialog } from './event-dialog';
import { SavedViews } from './saved-views';
import { VerificationCard } from './verification-card';

const AUDIT_PATH = '/governance/audit';

interface AuditViewProps {
  page: AuditPage;
  query: Query;
  domains: { name: string; title: string }[];
  /** The row that the address names, shown in full. */
  event: AuditRow | null;
  /** What is wrong with the filters in the address. */
  problem?: string | undefined;
  verification: Verification;
  views: SavedView[];
}

export function AuditView(props: AuditViewProps) {
  const { page, query, domains, event, problem, verification, views } = props;
  const after = typeof query.after === 'string' ? query.after : null;
  // The copy holds what the page shows.
  const { probes = 'hide' } = auditQueryOf(query).filter;
  const here = hrefWith(AUDIT_PATH, query, { event: null, after });
  return (
    <>
      <PageHeader
        title="Audit"
        description="Every change and every access decision, in an append-only log whose rows are chained by hash."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Audit' }]}
        actions={(['csv', 'ndjson'] as const).map((format) => (
          <FileLink
            key={format}
            href={hrefWith('/api/v1/audit/export', query, { event: null, format, probes })}
            icon={<Download aria-hidden />}
          >
            {format.toUpperCase()}
          </FileLink>
        ))}
      />
      <GovernanceTabs current="/governance/audit" />
      <VerificationCard verification={verification} />
      <SavedViews views={views} current={problem ? '' : searchOf(query)} />
      <AuditFilters query={query} domains={domains} problem={problem} />
      <Card flush className="mt-4">
        <AuditTable
          events={page.events}
          hrefOf={(row) => hrefWith(AUDIT_PATH, query, { event: row.id, after })}
          empty={
            page.lookedBackTo ? (
              <NothingYet lookedBackTo={page.lookedBackTo} />
            ) : (
              <EmptyState
                title="No row matches"
                description="Take a filter away, or choose a longer time."
                actions={<ButtonLink href={AUDIT_PATH}>Clear the filters</ButtonLink>}
              />
            )
          }
        />
      </Card>
      <div className="mt-3">
        <Pagination
          label="Pages of the audit log"
          firstHref={after ? hrefWith(AUDIT_PATH, query, { event: null }) : null}
          nextHref={
            page.nextPage
              ? hrefWith(AUDIT_PATH, query, { event: null, after: page.nextPage })
              : null
          }
          nextLabel={page.lookedBackTo ? 'Look further back' : undefined}
          summary={
            <>
              {`${page.events.length} ${page.events.length === 1 ? 'row' : 'rows'}${after ? '' : ', newest first'}`}
              {page.lookedBackTo && (
                <>
                  . Looked at every row back to <RelativeTime at={page.lookedBackTo} />.
                </>
              )}
            </>
          }
        />
      </div>
      {event && (
        <EventDialog event={event} changes={differencesOf(event.detail)} closeHref={here} />
      )}
    </>
  );
}

function NothingYet({ lookedBackTo }: { lookedBackTo: string }) {
  return (
    <EmptyState
      title="No row matches so far"
      description={
        <>
          Every row back to <RelativeTime at={lookedBackTo} /> was looked at, then the time for one
          page was over. Look further back, or set an actor, a product or a time: those are found at
          once.
        </>
      }
    />
  );
}
