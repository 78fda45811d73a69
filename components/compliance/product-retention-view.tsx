import { StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stat } from '@/components/ui/stat';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { RetentionDetail } from '@/lib/compliance';
import { GovernanceTabs } from '../governance/governance-tabs';
import { RetentionColumnForm, RunRetentionButton } from './retention-forms';
import { runLook, words } from './retention-view';

const PATH = '/governance/retention';
const count = (value: number) => value.toLocaleString('en');

export function ProductRetentionView({ detail }: { detail: RetentionDetail }) {
  const { title, address, plan, runs, canRun } = detail;
  return (
    <>
      <RefreshWhile active={runs.some((run) => run.status === 'queued')} />
      <PageHeader
        title={`Retention of ${title}`}
        description={address}
        crumbs={[
          { label: 'Governance', href: '/governance' },
          { label: 'Retention', href: PATH },
          { label: title },
        ]}
        actions={canRun && plan && <RunRetentionButton detail={detail} plan={plan} />}
      />
      <GovernanceTabs current={PATH} />
      <div className="flex flex-col gap-6">
        {plan ? <Plan plan={plan} /> : <NoPlan />}
        {plan && (
          <Card
            title="How old a row is"
            description="By a column that is a date or a time. Rows without a value in it are kept."
          >
            <RetentionColumnForm detail={detail} plan={plan} />
          </Card>
        )}
        <Runs runs={runs} />
      </div>
    </>
  );
}

function NoPlan() {
  return (
    <Callout title="Nothing is deleted">
      No policy in force says how long this product is kept, or it serves no rows.
    </Callout>
  );
}

function Plan({ plan }: { plan: NonNullable<RetentionDetail['plan']> }) {
  return (
    <>
      {plan.isHeld && (
        <Callout tone="warn" title="Under a legal hold">
          Nothing is deleted until a steward releases it.
        </Callout>
      )}
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Stat label="Kept for" value={words(plan.retention)} hint={plan.policy} />
        <Stat
          label="Older than this is deleted"
          value={plan.cutoff.slice(0, 10)}
          hint={plan.column ? `by ${plan.column}` : 'by the day of the load'}
        />
        <Stat
          label="Rows that are too old now"
          value={count(plan.rowsToDelete)}
          hint={`of ${count(plan.rowsServed)} that are served`}
        />
        <Stat
          label="Snapshots to rewrite or destroy"
          value={count(plan.snapshotsToDestroy)}
          hint={`${count(plan.filesToDestroy)} files with their keys`}
        />
      </div>
    </>
  );
}

function Runs({ runs }: { runs: RetentionDetail['runs'] }) {
  return (
    <Card title="What was deleted" flush>
      <Table
        caption="Deletions, newest first"
        rows={runs}
        rowKey={(run) => run.id}
        empty={
          <EmptyState
            title="Nothing was deleted yet"
            description="Portolan looks every day. A deletion stands here with its signed record."
          />
        }
        columns={[
          {
            key: 'when',
            header: 'When',
            rowHeader: true,
            cell: (run) => (
              <>
                <RelativeTime at={run.at} />
                <span className="block text-sm font-normal text-subtle">
                  {run.trigger === 'manual' ? 'by hand' : 'daily'}
                </span>
              </>
            ),
          },
          {
            key: 'state',
            header: 'State',
            cell: (run) => (
              <>
                <StatusBadge tone={runLook(run.status).tone}>
                  {runLook(run.status).label}
                </StatusBadge>
                {run.error && <span className="block text-sm text-muted">{run.error}</span>}
              </>
            ),
          },
          {
            key: 'rows',
            header: 'Rows deleted',
            align: 'right',
            cell: (run) =>
              run.rowsDeleted === null
                ? '–'
                : `${count(run.rowsDeleted)} of ${count(run.rowsBefore ?? 0)}`,
          },
          {
            key: 'policy',
            header: 'By',
            cell: (run) => (
              <>
                {words(run.retention)}, before {run.cutoff.slice(0, 10)}
                <span className="block text-sm text-subtle">{run.policy}</span>
              </>
            ),
          },
          {
            key: 'record',
            header: 'Record',
            align: 'right',
            cell: (run) =>
              run.receipt && <CopyButton text={run.receipt} label="Copy the signed record" />,
          },
        ]}
      />
    </Card>
  );
}
