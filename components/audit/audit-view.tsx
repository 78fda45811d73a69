import { Download } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { EmptyState } from '@/components/ui/states';
import type { AuditPage, AuditRow, Verification } from '@/lib/audit';
import { GovernanceTabs } from '../governance/governance-tabs';
import { AuditFilters } from './audit-filters';
import { auditQueryOf } from './audit-query-of';
import { AuditTable } from './audit-table';
import { EventDialog } from './event-dialog';
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
}

export function AuditView(props: AuditViewProps) {
  const { page, query, domains, event, problem, verification } = props;
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
          <ButtonLink
            key={format}
            href={hrefWith('/api/v1/audit/export', query, { event: null, format, probes })}
            prefetch={false}
            download
            icon={<Download aria-hidden />}
          >
            {format.toUpperCase()}
          </ButtonLink>
        ))}
      />
      <GovernanceTabs current="/governance/audit" />
      <VerificationCard verification={verification} />
      <AuditFilters query={query} domains={domains} problem={problem} />
      <Card flush className="mt-4">
        <AuditTable
          events={page.events}
          hrefOf={(row) => hrefWith(AUDIT_PATH, query, { event: row.id, after })}
          empty={
            <EmptyState
              title="No row matches"
              description="Take a filter away, or choose a longer time."
              actions={<ButtonLink href={AUDIT_PATH}>Clear the filters</ButtonLink>}
            />
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
          summary={`${page.events.length} rows${after ? '' : ', newest first'}`}
        />
      </div>
      {event && <EventDialog event={event} closeHref={here} />}
    </>
  );
}
