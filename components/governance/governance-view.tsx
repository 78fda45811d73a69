import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stat } from '@/components/ui/stat';
import type { AuditSummary } from '@/lib/audit';
import type { PolicySummary } from '@/lib/governance';
import type { TodaySection } from '@/lib/insight';
import { GovernanceTabs } from './governance-tabs';
import { PoliciesTable } from './policies-table';
import { TodayCard } from './today-card';

interface GovernanceViewProps {
  policies: PolicySummary[];
  /** Empty for people who decide nothing. */
  today: TodaySection[];
  /** Null for people who may not read the log. */
  summary: AuditSummary | null;
}

const count = (value: number) => value.toLocaleString('en-GB');

export function GovernanceView({ policies, today, summary }: GovernanceViewProps) {
  return (
    <>
      <PageHeader
        title="Governance"
        description="What the organisation has decided about its data, and how the portal has held to it."
      />
      <GovernanceTabs current="/governance" />
      {today.length > 0 && (
        <div className="mb-6">
          <TodayCard sections={today} />
        </div>
      )}
      {summary && <LogState summary={summary} />}
      <Card
        title="Policies in force"
        actions={<ButtonLink href="/governance/effective">Effective values</ButtonLink>}
        flush
      >
        <PoliciesTable policies={policies} />
      </Card>
    </>
  );
}

function LogState({ summary }: { summary: AuditSummary }) {
  const since = `from=${encodeURIComponent(summary.since)}`;
  const hint = summary.isMore
    ? 'Of the newest 100,000 rows of the audit log: the last 24 hours have more'
    : 'In the last 24 hours, counted from the audit log';
  const { checkpoint } = summary;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        <Stat
          label="Reads allowed"
          value={count(summary.allowed)}
          hint={hint}
          href={`/governance/audit?decision=allow&${since}`}
        />
        <Stat
          label="Reads refused"
          value={count(summary.denied)}
          hint={hint}
          href={`/governance/audit?decision=deny&${since}`}
        />
        <Stat
          label="Changes"
          value={count(summary.changes)}
          hint={hint}
          href={`/governance/audit?${since}`}
        />
      </div>
      <Card
        className="my-6"
        title="Audit log"
        description="Rows are chained by hash and sealed together; npm run audit:verify recomputes them all."
        actions={<ButtonLink href="/governance/audit">Open the log</ButtonLink>}
      >
        <KeyValue
          items={[
            { label: 'Rows', value: count(summary.rows) },
            {
              label: 'Last sealed',
              value: checkpoint ? <RelativeTime at={checkpoint.at} /> : 'Not sealed yet',
            },
            ...(checkpoint
              ? [
                  { label: 'Checkpoint', value: checkpoint.seq },
                  {
                    label: 'Checkpoint hash',
                    value: <span className="break-all">{checkpoint.hash}</span>,
                    mono: true,
                  },
                ]
              : []),
          ]}
        />
      </Card>
    </>
  );
}
