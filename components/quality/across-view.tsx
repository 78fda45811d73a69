import Link from 'next/link';
import { StatusBadge } from '@/components/ui/badge';
import { Facets } from '@/components/ui/facets';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { AcrossFilter, AcrossRow, OpenIncidents } from '@/lib/quality';
import { GovernanceTabs } from '../governance/governance-tabs';
import { WorklistView } from '../governance/worklist-view';
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
  return (
    <>
      <PageHeader
        title="Quality incidents"
        description="Rules that fail on what is served: in your domains, of your products, or given to you. An incident ends by itself once a run finds its rule met."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Quality incidents' }]}
      />
      <GovernanceTabs current={PATH} />
      <WorklistView
        {...{ path: PATH, query, nextPage, states: STATES }}
        stateLabel="State of the incidents"
        current={filter.status === 'open' ? null : (filter.status ?? null)}
        filters={(label) => <Filters {...{ label, query, filter, open }} />}
      >
        <AcrossTable incidents={incidents} filter={filter} />
      </WorklistView>
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
