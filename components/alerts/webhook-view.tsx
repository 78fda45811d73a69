import { StatusBadge, type StatusTone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { KeyValue } from '@/components/ui/key-value';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import type { DeliveryRow, WebhookRow } from '@/lib/alerts';
import { ReplayButton, WebhookActions } from './webhook-actions';
import { Takes, WebhookState } from './webhooks-view';

const PATH = '/settings/webhooks';
const STATES: Record<string, { label: string; tone: StatusTone }> = {
  queued: { label: 'On the way', tone: 'running' },
  delivered: { label: 'Delivered', tone: 'ok' },
  dead: { label: 'Not delivered', tone: 'error' },
};

interface WebhookViewProps {
  webhook: WebhookRow;
  deliveries: DeliveryRow[];
  nextPage: string | null;
  query: Query;
  status: string | null;
}

export function WebhookView({ webhook, deliveries, nextPage, query, status }: WebhookViewProps) {
  const path = `${PATH}/${webhook.id}`;
  const hrefOf = (state: string | null) => hrefWith(path, {}, { status: state });
  return (
    <>
      <RefreshWhile
        active={deliveries.some((one) => one.status === 'queued' && one.attempts === 0)}
      />
      <PageHeader
        title={new URL(webhook.url).host}
        description={webhook.description || 'A webhook'}
        crumbs={[{ label: 'Webhooks', href: PATH }, { label: new URL(webhook.url).host }]}
        actions={<WebhookActions webhook={webhook} />}
      />
      <div className="flex flex-col gap-6">
        <Card>
          <KeyValue
            items={[
              { label: 'Address', value: webhook.url, mono: true },
              { label: 'Takes', value: <Takes row={webhook} /> },
              { label: 'State', value: <WebhookState row={webhook} /> },
            ]}
          />
        </Card>
        <section>
          <Tabs
            label="State of the deliveries"
            className="mb-4"
            current={hrefOf(status)}
            items={[
              { href: hrefOf(null), label: 'All' },
              ...Object.entries(STATES).map(([state, { label }]) => ({
                href: hrefOf(state),
                label,
              })),
            ]}
          />
          <Card title="Deliveries" flush>
            <Table
              caption="Deliveries, newest first"
              rows={deliveries}
              rowKey={(row) => row.id}
              empty={
                <EmptyState
                  title="Nothing here"
                  description="Send a test to see whether the receiver answers."
                />
              }
              columns={[
                {
                  key: 'what',
                  header: 'Alert',
                  rowHeader: true,
                  cell: (row) => (
                    <>
                      {row.title}
                      <span className="block text-sm font-normal text-subtle">{row.kind}</span>
                    </>
                  ),
                },
                { key: 'state', header: 'State', cell: (row) => <State row={row} /> },
                { key: 'log', header: 'Attempts', cell: (row) => <Log row={row} /> },
                { key: 'at', header: 'Since', cell: (row) => <RelativeTime at={row.createdAt} /> },
                {
                  key: 'replay',
                  header: <span className="sr-only">Send again</span>,
                  align: 'right',
                  cell: (row) => row.status !== 'queued' && <ReplayButton deliveryId={row.id} />,
                },
              ]}
            />
          </Card>
        </section>
        <Pagination
          firstHref={query.after ? hrefOf(status) : null}
          nextHref={nextPage && hrefWith(path, query, { after: nextPage })}
        />
      </div>
    </>
  );
}

function State({ row }: { row: DeliveryRow }) {
  const { label, tone } = STATES[row.status] ?? { label: row.status, tone: 'neutral' };
  return <StatusBadge tone={tone}>{label}</StatusBadge>;
}

function Log({ row }: { row: DeliveryRow }) {
  const last = row.log.at(-1);
  if (!last) return <span className="text-subtle">none yet</span>;
  return (
    <details>
      <summary className="cursor-pointer">
        {row.attempts}, {last.ok ? `answered ${last.status}` : last.error}
      </summary>
      <ol className="mt-1 space-y-0.5 text-sm text-muted">
        {row.log.map((line) => (
          <li key={line.at}>
            {line.at.slice(0, 19).replace('T', ' ')} UTC:{' '}
            {line.ok ? `answered ${line.status}` : line.error} ({line.durationMs} ms)
          </li>
        ))}
      </ol>
    </details>
  );
}
