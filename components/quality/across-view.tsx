import { SlidersHorizontal } from 'lucide-react';
import Link from 'next/link';
import { StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Facets } from '@/components/ui/facets';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import type { AcrossFilter, AcrossRow, OpenIncidents } from '@/lib/quality';
import { GovernanceTabs } from '../governance/governance-tabs';
import { titleCase } from '../products/labels';
import { incidentLook } from './quality-words';

const PATH = '/governance/incidents';
const STATES = [
  [null, 'Open'],
  ['resolved', 'Over'],
  ['all', 'All'],
] as const;

interface AcrossViewProps {
  incidents: AcrossRow[];
  nextPage: string | null;
  query: Query;
  filter: AcrossFilter;
  open: OpenIncidents;
}

/** Incidents of many products: whose work it is leads to where it is done. */
export function AcrossView({ incidents, nextPage, query, filter, open }: AcrossViewProps) {
  const hrefOf = (status: string | null) => hrefWith(PATH, query, { status });
  const current = filter.status === 'open' ? null : (filter.status ?? null);
  return (
    <>
      <PageHeader
        title="Quality incidents"
        description="Rules that fail on what is served: in your domains, of your products, or given to you. An incident ends by itself once a run finds its rule met."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Quality incidents' }]}
      />
      <GovernanceTabs current={PATH} />
      <Tabs
        label="State of the incidents"
        className="mb-4"
        current={hrefOf(current)}
        items={STATES.map(([status, label]) => ({ href: hrefOf(status), label }))}
      />
      <div className="grid gap-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <div>
          <details className="rounded-lg border bg-surface p-3 lg:hidden">
            <summary className="flex cursor-pointer items-center gap-2 font-medium">
              <SlidersHorizontal className="size-4" aria-hidden /> Filters
            </summary>
            <div className="mt-3">
              <Filters label="Filters (narrow screen)" {...{ query, filter, open }} />
            </div>
          </details>
          <div className="hidden lg:block">
            <Filters label="Filters" {...{ query, filter, open }} />
          </div>
        </div>
        <div className="min-w-0">
          <Card flush>
            <AcrossTable incidents={incidents} filter={filter} />
          </Card>
          <div className="mt-4">
            <Pagination
              firstHref={query.after ? hrefWith(PATH, query, {}) : null}
              nextHref={nextPage && hrefWith(PATH, query, { after: nextPage })}
            />
          </div>
        </div>
      </div>
    </>
  );
}

interface FiltersProps extends Pick<AcrossViewProps, 'query' | 'filter' | 'open'> {
  label: string;
}

function Filters({ label, query, filter, open }: FiltersProps) {
  const option = (name: keyof AcrossFilter, value: string, text: string, count: number) => {
    const isSelected = filter[name] === value;
    const href = hrefWith(PATH, query, { [name]: isSelected ? null : value });
    return { label: text, isSelected, href, count };
  };
  return (
    <Facets
      label={label}
      clearHref={PATH}
      groups={[
        { title: 'Whose', options: [option('mine', 'yes', 'Assigned to me', open.mine)] },
        {
          title: 'Level',
          options: [
            option('level', 'error', 'Errors', open.errors),
            option('level', 'warning', 'Warnings', open.warnings),
          ],
        },
        {
          title: 'Domain',
          options: open.domains.map(({ name, count }) => option('domain', name, name, count)),
        },
      ]}
    />
  );
}

function AcrossTable({ incidents, filter }: { incidents: AcrossRow[]; filter: AcrossFilter }) {
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Table
      caption="Quality incidents"
      rows={incidents}
      rowKey={(row) => row.id}
      empty={
        <EmptyState
          title={isFiltered ? 'No incident matches' : 'Nothing is open'}
          description={
            isFiltered
              ? 'Take a filter away, or look at those that are over.'
              : 'Every rule is met on what is served in your domains and by your products.'
          }
        />
      }
      columns={[
        {
          key: 'rule',
          header: 'Rule',
          rowHeader: true,
          className: 'min-w-48',
          cell: ({ id, ruleName, product }) => (
            <>
              <Link
                href={`/products/${product.address}/quality/incidents/${id}`}
                className="link break-words"
              >
                {ruleName}
              </Link>
              <span className="block text-sm font-normal break-words text-muted">
                {product.title} · {product.address}
              </span>
            </>
          ),
        },
        {
          key: 'state',
          header: 'State',
          cell: ({ status, level }) => {
            const look = incidentLook(status, level);
            return (
              <StatusBadge tone={look.tone}>
                {status === 'open' && level === 'error' ? 'Error' : look.label}
              </StatusBadge>
            );
          },
        },
        { key: 'dimension', header: 'Dimension', cell: ({ dimension }) => titleCase(dimension) },
        {
          key: 'times',
          header: 'Runs',
          align: 'right',
          cell: ({ occurrences }) => occurrences.toLocaleString('en'),
        },
        {
          key: 'who',
          header: 'Assigned to',
          className: 'break-all',
          cell: ({ assignee }) => assignee ?? <span className="text-muted">nobody</span>,
        },
        { key: 'since', header: 'Since', cell: ({ openedAt }) => <RelativeTime at={openedAt} /> },
      ]}
    />
  );
}
