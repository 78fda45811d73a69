import Link from 'next/link';
import { DayBars } from '@/components/charts/day-bars';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { Stat } from '@/components/ui/stat';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { ComplianceOverview, OpenCount } from '@/lib/compliance';
import { GovernanceTabs } from '../governance/governance-tabs';
import { MonitorTable } from './monitor-table';
import { OpenFigures } from './open-figures';
import { regulationLabel } from './violation-words';

const LIST = '/governance/violations';
const count = (value: number) => value.toLocaleString('en-GB');

export function ComplianceView({ overview }: { overview: ComplianceOverview }) {
  const { totals, rules, trend, domains, regulations, canRun } = overview;
  return (
    <>
      <RefreshWhile active={rules.some((rule) => rule.isRunning)} />
      <PageHeader
        title="Compliance"
        description="What the monitor found in live products: each rule looks again by itself, and what is mended closes by itself."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Compliance' }]}
        actions={<ButtonLink href={LIST}>All violations</ButtonLink>}
      />
      <GovernanceTabs current="/governance/compliance" />
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Stat
          label="Errors"
          value={count(totals.errors)}
          hint="Not over yet"
          href={`${LIST}?level=error`}
        />
        <Stat
          label="Warnings"
          value={count(totals.warnings)}
          hint="Not over yet"
          href={`${LIST}?level=warning`}
        />
        <Stat
          label="Taken up"
          value={count(totals.acknowledged)}
          hint="Somebody sees to them"
          href={`${LIST}?status=acknowledged`}
        />
        <Stat
          label="Over"
          value={count(totals.resolvedThisWeek)}
          hint="Within the last seven days"
          href={`${LIST}?status=resolved`}
        />
      </div>
      <div className="mt-6 flex flex-col gap-6">
        <Card
          title="Rules of the monitor"
          description="How often and how gravely is in the policies’ monitoring part, else as Portolan ships it."
          flush
        >
          <MonitorTable rules={rules} canRun={canRun} />
        </Card>
        <Card
          title="Open violations"
          description="At the end of each of the last 30 days (UTC): all that had opened less all that were over."
        >
          <DayBars label="Open violations by day" unit="open" days={trend} />
        </Card>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Breakdown title="By domain" name="Domain" rows={domains} filter="domain" />
          <Breakdown
            title="By regulation"
            name="Regulation"
            rows={regulations}
            filter="regulation"
            labelOf={regulationLabel}
          />
        </div>
      </div>
    </>
  );
}

interface BreakdownProps {
  title: string;
  name: string;
  rows: OpenCount[];
  filter: 'domain' | 'regulation';
  labelOf?: (name: string) => string;
}

function Breakdown({ title, name, rows, filter, labelOf = (one) => one }: BreakdownProps) {
  return (
    <Card title={title} flush>
      <Table
        caption={title}
        rows={rows}
        rowKey={(row) => row.name}
        empty={<EmptyState title="Nothing is open" description="No live product breaks a rule." />}
        columns={[
          {
            key: 'name',
            header: name,
            rowHeader: true,
            cell: (row) => (
              <Link href={`${LIST}?${filter}=${encodeURIComponent(row.name)}`} className="link">
                {labelOf(row.name)}
              </Link>
            ),
          },
          { key: 'open', header: 'Open', align: 'right', cell: (row) => <OpenFigures row={row} /> },
        ]}
      />
    </Card>
  );
}
