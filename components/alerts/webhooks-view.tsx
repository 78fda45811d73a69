import Link from 'next/link';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { WebhookRow } from '@/lib/alerts';
import { CreateWebhookDialog } from './create-webhook-dialog';

const PATH = '/settings/webhooks';

interface WebhooksViewProps {
  webhooks: WebhookRow[];
  domains: { name: string; title: string }[];
  kinds: readonly string[];
}

export function WebhooksView({ webhooks, domains, kinds }: WebhooksViewProps) {
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="Every alert as a signed CloudEvent to another system: a chat, a ticket system, an on-call service."
        actions={<CreateWebhookDialog domains={domains} kinds={kinds} />}
      />
      <Card flush>
        <Table
          caption="Webhooks"
          rows={webhooks}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title="No webhook yet"
              description="Add one to be told of violations, policies and requests where you work."
            />
          }
          columns={[
            {
              key: 'url',
              header: 'Address',
              rowHeader: true,
              cell: (row) => (
                <>
                  <Link href={`${PATH}/${row.id}`} className="link break-all">
                    {row.url}
                  </Link>
                  {row.description && (
                    <span className="block text-sm font-normal text-subtle">{row.description}</span>
                  )}
                </>
              ),
            },
            { key: 'what', header: 'Takes', cell: (row) => <Takes row={row} /> },
            { key: 'state', header: 'State', cell: (row) => <WebhookState row={row} /> },
            { key: 'since', header: 'Since', cell: (row) => <RelativeTime at={row.createdAt} /> },
          ]}
        />
      </Card>
    </>
  );
}

export function Takes({ row }: { row: WebhookRow }) {
  const kinds = row.kinds.length === 0 ? ['all alerts'] : row.kinds;
  return (
    <span className="flex flex-wrap gap-1">
      {kinds.map((kind) => (
        <Badge key={kind}>{kind}</Badge>
      ))}
      {row.domain && <Badge tone="accent">{row.domain}</Badge>}
    </span>
  );
}

export function WebhookState({ row }: { row: WebhookRow }) {
  return (
    <>
      {row.disabledFor ? (
        <StatusBadge tone="neutral">Off</StatusBadge>
      ) : (
        <StatusBadge tone={row.dead > 0 ? 'warn' : 'ok'}>On</StatusBadge>
      )}
      <span className="block text-sm text-muted">
        {[
          row.disabledFor,
          row.waiting > 0 && `${row.waiting} on the way`,
          row.dead > 0 && `${row.dead} not delivered`,
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
    </>
  );
}
