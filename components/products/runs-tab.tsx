import Link from 'next/link';
import { StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { type Ctx, can } from '@/lib/core';
import { type PipelineOverview, pipelineOverview } from '@/lib/pipelines';
import { listRuns } from '@/lib/provisioning';
import type { ProductPage } from '@/lib/serving';
import { runTitle } from '../provisioning/run-words';
import { countText, durationText, runLabel, titleCase } from './labels';

type ProvisioningRuns = Awaited<ReturnType<typeof listRuns>>;

export async function RunsTab({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const scope = { domainId: page.domainId, ownerId: page.ownerId };
  if (!can(ctx, 'product.operate', scope)) {
    return (
      <EmptyState
        title="Runs are for those who operate the product"
        description={`Its owner, ${page.ownerName}, and the producers and data admins of ${page.domainTitle} see how it was provisioned and loaded.`}
      />
    );
  }
  const [runs, pipeline] = await Promise.all([
    listRuns(ctx, page.id),
    pipelineOverview(ctx, page.id),
  ]);
  return (
    <div className="flex flex-col gap-6">
      <Card title="Loads" flush>
        <div className="px-5 py-4">
          <KeyValue
            layout="grid"
            items={[
              { label: 'Schedule', value: titleCase(pipeline.schedule) },
              {
                label: 'Next load',
                value: pipeline.nextRunAt ? (
                  <RelativeTime at={pipeline.nextRunAt} />
                ) : (
                  'When somebody starts it'
                ),
              },
            ]}
          />
        </div>
        <LoadsTable runs={pipeline.runs} />
      </Card>
      <Card title="Provisioning" flush>
        <ProvisioningTable runs={runs} />
      </Card>
    </div>
  );
}

function tookText(run: { startedAt: string | null; finishedAt: string | null }): string {
  if (!run.startedAt || !run.finishedAt) return '–';
  return durationText(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
}

function RunStatus({ status }: { status: string }) {
  const { tone, text } = runLabel(status);
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}

function ErrorText({ error }: { error: string | null }) {
  return error ? <span className="text-sm break-words text-error">{error}</span> : null;
}

function LoadsTable({ runs }: { runs: PipelineOverview['runs'] }) {
  return (
    <Table
      caption="Loads of the data, newest first"
      rows={runs}
      rowKey={(run) => run.id}
      empty={
        <EmptyState title="Not loaded yet" description="The first load is part of provisioning." />
      }
      columns={[
        {
          key: 'at',
          header: 'Started',
          rowHeader: true,
          cell: (run) => <RelativeTime at={run.startedAt ?? run.createdAt} />,
        },
        { key: 'status', header: 'Status', cell: (run) => <RunStatus status={run.status} /> },
        { key: 'trigger', header: 'Started by', cell: (run) => titleCase(run.trigger) },
        {
          key: 'rows',
          header: 'Rows written',
          align: 'right',
          cell: (run) => (run.rowsWritten === null ? '–' : countText(run.rowsWritten)),
        },
        { key: 'took', header: 'Took', align: 'right', cell: tookText },
        {
          key: 'error',
          header: 'Detail',
          className: 'min-w-48',
          cell: (run) => <ErrorText error={run.error} />,
        },
      ]}
    />
  );
}

function ProvisioningTable({ runs }: { runs: ProvisioningRuns }) {
  return (
    <Table
      caption="Provisioning runs, newest first"
      rows={runs}
      rowKey={(run) => run.id}
      empty={<EmptyState title="Not provisioned yet" />}
      columns={[
        {
          key: 'kind',
          header: 'Run',
          rowHeader: true,
          cell: (run) => (
            <Link className="link" href={`/runs/${run.id}`}>
              {runTitle(run.kind)}
            </Link>
          ),
        },
        { key: 'status', header: 'Status', cell: (run) => <RunStatus status={run.status} /> },
        { key: 'at', header: 'Created', cell: (run) => <RelativeTime at={run.createdAt} /> },
        { key: 'took', header: 'Took', align: 'right', cell: tookText },
        {
          key: 'error',
          header: 'Detail',
          className: 'min-w-48',
          cell: (run) => <ErrorText error={run.error} />,
        },
      ]}
    />
  );
}
