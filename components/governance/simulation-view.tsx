import Link from 'next/link';
import { StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stat } from '@/components/ui/stat';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import type { FlipRow, SimulationSummary } from '@/lib/governance';
import { GovernanceTabs } from './governance-tabs';
import { SimulateButton } from './simulate-button';

interface Found {
  policyId: string;
  rev: number;
  version: number;
  simulation: SimulationSummary | null;
  flips: FlipRow[];
  nextPage: string | null;
}
interface SimulationViewProps {
  name: string;
  found: Found;
  query: Query;
  filter: { kind?: string | undefined; direction?: string | undefined };
}
const KINDS = [
  { kind: 'product', label: 'Products' },
  { kind: 'grant', label: 'Grants' },
  { kind: 'decision', label: 'Decisions' },
];
const count = (value: number) => value.toLocaleString('en');

/** What a draft would change, tried on what is there and what happened in the last 30 days. */
export function SimulationView({ name, found, query, filter }: SimulationViewProps) {
  const { simulation, policyId, rev, version } = found;
  const draft = `/governance/policies/${name}/draft`;
  const isBusy = simulation?.status === 'queued' || simulation?.status === 'running';
  return (
    <>
      <RefreshWhile active={isBusy} />
      <PageHeader
        title={`Simulation of ${name}, version ${version}`}
        description="Every product, every grant and every decision of the last 30 days, judged by the draft. Nothing changes by it."
        crumbs={[
          { label: 'Governance', href: '/governance' },
          { label: 'Policies', href: '/governance/policies' },
          { label: name, href: `/governance/policies/${name}` },
          { label: 'Draft', href: draft },
          { label: 'Simulation' },
        ]}
        actions={!isBusy && <SimulateButton policyId={policyId} rev={rev} name={name} />}
      />
      <GovernanceTabs current="/governance/policies" />
      {simulation === null ? (
        <EmptyState
          title="Not simulated yet"
          description="See what would flip before the draft is put in force: who loses access, whose product would be stopped."
          actions={<SimulateButton policyId={policyId} rev={rev} name={name} />}
        />
      ) : (
        <Simulation
          name={name}
          simulation={simulation}
          found={found}
          query={query}
          filter={filter}
        />
      )}
    </>
  );
}

function Simulation(props: SimulationViewProps & { simulation: SimulationSummary }) {
  const { simulation, name, found, query, filter } = props;
  const { status, error, result, isStale, createdAt } = simulation;
  if (status === 'failed') {
    return (
      <Callout tone="error" title="The simulation failed">
        {error}
      </Callout>
    );
  }
  if (!result) {
    return (
      <Callout title="Simulating">
        Begun <RelativeTime at={createdAt} />. The page shows the result as soon as it is there.
      </Callout>
    );
  }
  const flips = (what: { stricter: number; looser: number }) => what.stricter + what.looser;
  return (
    <div className="flex flex-col gap-6">
      {isStale && (
        <Callout tone="warn" title="The draft was changed since">
          These numbers are about the text before. Simulate it again.
        </Callout>
      )}
      <div className="grid gap-4 sm:grid-cols-3">
        <Stat
          label="Products with other findings"
          value={count(flips(result.products))}
          hint={`of ${count(result.products.checked)}: ${count(result.products.stricter)} stricter, ${count(result.products.looser)} looser`}
        />
        <Stat
          label="Grants that open or close"
          value={count(flips(result.grants))}
          hint={`of ${count(result.grants.checked)}: ${count(result.grants.stricter)} close, ${count(result.grants.looser)} open`}
        />
        <Stat
          label="Decisions that would be others"
          value={count(flips(result.decisions))}
          hint={`of ${count(result.decisions.checked)} since ${result.since.slice(0, 10)}: ${count(result.decisions.stricter)} refused, ${count(result.decisions.looser)} allowed${
            result.decisions.skipped > 0
              ? `; ${count(result.decisions.skipped)} of people or products that are gone`
              : ''
          }`}
        />
      </div>
      <FlipsCard name={name} found={found} query={query} filter={filter} isCut={result.isCut} />
      <p className="text-sm text-subtle">
        Simulated <RelativeTime at={createdAt} /> in {(result.durationMs / 1000).toFixed(1)} s.
        Decisions are judged with today’s roles and grants.
      </p>
    </div>
  );
}

function FlipsCard(props: SimulationViewProps & { isCut: boolean }) {
  const { name, found, query, filter, isCut } = props;
  const path = `/governance/policies/${name}/simulation`;
  const hrefOf = (kind: string | null) => hrefWith(path, {}, { kind });
  return (
    <section>
      <Tabs
        label="What flips"
        className="mb-4"
        current={hrefOf(filter.kind ?? null)}
        items={[
          { href: hrefOf(null), label: 'All' },
          ...KINDS.map(({ kind, label }) => ({ href: hrefOf(kind), label })),
        ]}
      />
      <Card
        title="What flips"
        description={isCut ? 'The first 50,000 are listed; the counts are whole.' : undefined}
        actions={
          <a
            className="link text-sm"
            href={`/api/v1/governance/policies/${name}/simulation/export`}
            download
          >
            Download as CSV
          </a>
        }
        flush
      >
        <Table
          caption="What flips"
          rows={found.flips}
          rowKey={(row) => String(row.ordinal)}
          empty={
            <EmptyState
              title="Nothing flips"
              description="With the draft in force every answer here would be the same."
            />
          }
          columns={[
            {
              key: 'product',
              header: 'Product',
              rowHeader: true,
              cell: (row) => (
                <>
                  <Link href={`/products/${row.product}`} className="link">
                    {row.title}
                  </Link>
                  <span className="block text-sm font-normal text-subtle">owner {row.owner}</span>
                </>
              ),
            },
            { key: 'what', header: 'What', cell: (row) => <What row={row} /> },
            { key: 'before', header: 'Now', cell: (row) => <Words text={row.before} /> },
            { key: 'after', header: 'Under the draft', cell: (row) => <Words text={row.after} /> },
            {
              key: 'direction',
              header: 'Direction',
              cell: (row) => (
                <StatusBadge tone={row.direction === 'stricter' ? 'warn' : 'info'}>
                  {row.direction}
                </StatusBadge>
              ),
            },
            { key: 'count', header: 'Times', align: 'right', cell: (row) => count(row.count) },
          ]}
        />
      </Card>
      <div className="mt-4">
        <Pagination
          firstHref={query.after ? hrefOf(filter.kind ?? null) : null}
          nextHref={found.nextPage && hrefWith(path, query, { after: found.nextPage })}
        />
      </div>
    </section>
  );
}

function What({ row }: { row: FlipRow }) {
  if (row.kind === 'product') {
    return (
      <>
        finding of <code>{row.action}</code>
      </>
    );
  }
  return (
    <>
      {row.kind === 'grant' ? 'a grant' : 'reads that happened'}: {row.action}
      <span className="block text-sm text-subtle">{row.subject}</span>
    </>
  );
}

const Words = ({ text }: { text: string }) => (
  <span className="line-clamp-3 block max-w-xs text-sm break-words">{text}</span>
);
