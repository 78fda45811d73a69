import Link from 'next/link';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Facets } from '@/components/ui/facets';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { ComplianceOverview, ViolationFilter, ViolationRow } from '@/lib/compliance';
import { GovernanceTabs } from '../governance/governance-tabs';
import { WorklistView } from '../governance/worklist-view';
import { levelLook, regulationLabel, stateLook } from './violation-words';

const PATH = '/governance/violations';
const STATES = [
  [null, 'Not over'],
  ['open', 'Open'],
  ['acknowledged', 'Taken up'],
  ['resolved', 'Over'],
  ['all', 'All'],
] as const;

interface ViolationsViewProps {
  violations: ViolationRow[];
  nextPage: string | null;
  query: Query;
  filter: ViolationFilter;
  overview: ComplianceOverview;
}

export function ViolationsView(props: ViolationsViewProps) {
  const { violations, nextPage, query, filter, overview } = props;
  return (
    <>
      <PageHeader
        title="Violations"
        description="Where live products are not as the policies say. A violation closes by itself once the monitor does not find it any more."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Violations' }]}
        actions={<ButtonLink href="/governance/compliance">How we stand</ButtonLink>}
      />
      <GovernanceTabs current={PATH} />
      <WorklistView
        {...{ path: PATH, query, nextPage, states: STATES }}
        stateLabel="State of the violations"
        current={filter.status ?? null}
        filters={(label) => <Filters {...{ label, query, filter, overview }} />}
      >
        <ViolationsTable violations={violations} isFiltered={isFiltered(filter)} />
      </WorklistView>
    </>
  );
}

const isFiltered = (filter: ViolationFilter) =>
  Object.values(filter).some((value) => value !== undefined);

interface FiltersProps extends Pick<ViolationsViewProps, 'query' | 'filter' | 'overview'> {
  label: string;
}

function Filters({ label, query, filter, overview }: FiltersProps) {
  const option = (name: keyof ViolationFilter, value: string, text: string, count?: number) => {
    const isSelected = filter[name] === value;
    return {
      label: text,
      isSelected,
      href: hrefWith(PATH, query, { [name]: isSelected ? null : value }),
      ...(count !== undefined && { count }),
    };
  };
  const open = (row: { errors: number; warnings: number }) => row.errors + row.warnings;
  return (
    <Facets
      label={label}
      clearHref={PATH}
      groups={[
        { title: 'Whose', options: [option('mine', 'yes', 'Assigned to me')] },
        {
          title: 'Level',
          options: [
            option('level', 'error', 'Errors', overview.totals.errors),
            option('level', 'warning', 'Warnings', overview.totals.warnings),
          ],
        },
        {
          title: 'Rule',
          options: overview.rules.map((rule) =>
            option('monitor', rule.name, rule.name.replaceAll('_', ' '), open(rule)),
          ),
        },
        {
          title: 'Domain',
          options: overview.domains.map((row) => option('domain', row.name, row.name, open(row))),
        },
        {
          title: 'Regulation',
          options: overview.regulations.map((row) =>
            option('regulation', row.name, regulationLabel(row.name), open(row)),
          ),
        },
      ]}
    />
  );
}

function ViolationsTable({
  violations,
  isFiltered,
}: {
  violations: ViolationRow[];
  isFiltered: boolean;
}) {
  return (
    <Table
      caption="Violations"
      rows={violations}
      rowKey={(row) => row.id}
      empty={
        <EmptyState
          title={isFiltered ? 'No violation matches' : 'Nothing is open'}
          description={
            isFiltered
              ? 'Take a filter away, or look at those that are over.'
              : 'No live product in your domains breaks a rule of the policies.'
          }
        />
      }
      columns={[
        {
          key: 'what',
          header: 'Violation',
          rowHeader: true,
          cell: (row) => (
            <span className="block max-w-md">
              <Link href={`${PATH}/${row.id}`} className="link">
                {row.title}
              </Link>
              <span className="mt-0.5 flex flex-wrap items-center gap-1.5 text-sm font-normal text-subtle">
                {row.product && `${row.product.domain}/${row.product.name}`}
                <code>{row.rule}</code>
                {row.regulations.map((name) => (
                  <Badge key={name}>{regulationLabel(name)}</Badge>
                ))}
                {row.escalation > 0 && <Badge tone="accent">escalated</Badge>}
              </span>
            </span>
          ),
        },
        {
          key: 'state',
          header: 'State',
          cell: ({ level, status, resolution }) => {
            const look = stateLook(status, resolution);
            return (
              <span className="flex flex-col items-start gap-1">
                <StatusBadge tone={levelLook(level).tone}>{levelLook(level).label}</StatusBadge>
                <StatusBadge tone={look.tone}>{look.label}</StatusBadge>
              </span>
            );
          },
        },
        {
          key: 'who',
          header: 'Assigned to',
          className: 'break-all',
          cell: (row) => row.assignee ?? <span className="text-muted">nobody</span>,
        },
        { key: 'since', header: 'Since', cell: (row) => <RelativeTime at={row.firstSeenAt} /> },
      ]}
    />
  );
}
