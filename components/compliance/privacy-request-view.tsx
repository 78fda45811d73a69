import Link from 'next/link';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { KeyValue } from '@/components/ui/key-value';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { PrivacyDetail } from '@/lib/compliance';
import { GovernanceTabs } from '../governance/governance-tabs';
import { ExtendRequestDialog, PrivacyDecisions } from './privacy-decisions';
import { clockWords, findingLook, isBusy, REGULATION, requestLook } from './privacy-words';

const PATH = '/governance/privacy';
type Finding = PrivacyDetail['findings'][number];

export function PrivacyRequestView({ request }: { request: PrivacyDetail }) {
  const look = requestLook(request.status);
  const clock = clockWords(request);
  const isOpen = clock !== null;
  return (
    <>
      <RefreshWhile active={isBusy(request.status)} />
      <PageHeader
        title={`${REGULATION[request.regulation]} ${request.title.toLowerCase()}`}
        description={request.article}
        crumbs={[
          { label: 'Governance', href: '/governance' },
          { label: 'Privacy', href: PATH },
          { label: request.id.slice(-8) },
        ]}
        actions={<PrivacyDecisions request={request} />}
      />
      <GovernanceTabs current={PATH} />
      <div className="flex flex-col gap-6">
        <State request={request} />
        <Card title="The request">
          <KeyValue
            layout="grid"
            items={[
              { label: 'State', value: <StatusBadge tone={look.tone}>{look.label}</StatusBadge> },
              { label: 'Received', value: <RelativeTime at={request.receivedAt} /> },
              {
                label: 'Last day by law',
                value: (
                  <span className="flex flex-wrap items-center gap-2">
                    {request.dueAt.slice(0, 10)}
                    {clock && <StatusBadge tone={clock.tone}>{clock.text}</StatusBadge>}
                  </span>
                ),
              },
              { label: 'Taken in by', value: request.requestedBy ?? 'Portolan' },
              ...(request.note ? [{ label: 'Note', value: request.note }] : []),
              ...(request.rejectedFor
                ? [{ label: 'Rejected because', value: request.rejectedFor }]
                : []),
              ...(request.extendedFor
                ? [{ label: 'Moved because', value: request.extendedFor }]
                : []),
            ]}
          />
          {isOpen && !request.extendedFor && (
            <div className="mt-4">
              <ExtendRequestDialog requestId={request.id} />
            </div>
          )}
        </Card>
        <Findings request={request} />
        {request.archive && <Archive request={request} archive={request.archive} />}
        {request.receipt && <Receipt receipt={request.receipt} />}
      </div>
    </>
  );
}

const EFFECT: Record<PrivacyDetail['does'], string> = {
  erase:
    'Carrying it out rewrites the rows that are served, destroys every older snapshot and upload that knows the person, and loads derived products anew.',
  export: 'Carrying it out writes one archive with the person’s rows as JSON and CSV.',
  opt_out:
    'Carrying it out keeps the person’s rows from every later read and loads derived products anew without them.',
};

function State({ request }: { request: PrivacyDetail }) {
  const { status, findings, does } = request;
  if (status === 'searching') {
    return (
      <Callout title="Searching">
        Every product that declares personal data is searched, in every environment and every
        snapshot that is kept.
      </Callout>
    );
  }
  if (status === 'failed') {
    return (
      <Callout tone="error" title="It could not be carried out to the end">
        {request.error} What was done stays done; begin again to go on from there.
      </Callout>
    );
  }
  if (status !== 'review') return null;
  return (
    <Callout tone="warn" title="Waits for your decision">
      {findings.length === 0 ? 'The person was not found in any product. ' : ''}
      {EFFECT[does]}
    </Callout>
  );
}

function Findings({ request }: { request: PrivacyDetail }) {
  const { findings, status } = request;
  return (
    <Card
      title="Where the person was found"
      description="By the columns that products declare as personal data, and by lineage."
      flush
    >
      <Table
        caption="Where the person was found"
        rows={findings}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            title={status === 'searching' ? 'Still searching' : 'In no product'}
            description={
              status === 'searching'
                ? 'The page shows the result as soon as it is there.'
                : 'No column that is declared as personal data holds this identifier.'
            }
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
                <span className="block text-sm font-normal text-subtle">
                  {row.product} · {row.environment}
                </span>
              </>
            ),
          },
          { key: 'how', header: 'Found by', cell: (row) => <FoundBy row={row} /> },
          {
            key: 'rows',
            header: 'Rows',
            align: 'right',
            cell: (row) => (row.via === 'lineage' ? '–' : row.rows.toLocaleString('en')),
          },
          { key: 'state', header: 'State', cell: (row) => <Outcome row={row} /> },
        ]}
      />
    </Card>
  );
}

function FoundBy({ row }: { row: Finding }) {
  if (row.via === 'lineage') return 'derived from such a product';
  return (
    <span className="flex flex-wrap gap-1">
      {row.columns.map((column) => (
        <Badge key={column}>{column}</Badge>
      ))}
    </span>
  );
}

function Outcome({ row }: { row: Finding }) {
  const { label, tone } = findingLook(row.status);
  const erased = row.rowsErased !== null && countOf(row.rowsErased, 'row', 'erased');
  const files = row.filesDestroyed > 0 && countOf(row.filesDestroyed, 'file', 'destroyed');
  return (
    <>
      <StatusBadge tone={tone}>{label}</StatusBadge>
      <span className="block text-sm text-muted">
        {[erased, files, row.reason].filter(Boolean).join(', ')}
      </span>
    </>
  );
}

const countOf = (count: number, thing: string, what: string) =>
  `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'} ${what}`;

function Archive({
  request,
  archive,
}: {
  request: PrivacyDetail;
  archive: { sizeBytes: number; until: string };
}) {
  return (
    <Card title="Archive for the person">
      <p className="text-muted">
        JSON and CSV of every product with a manifest,{' '}
        {Math.max(1, Math.round(archive.sizeBytes / 1024))} kB. It is deleted on{' '}
        {archive.until.slice(0, 10)}; every download is in the audit log.
      </p>
      <p className="mt-3">
        <a
          href={`/api/v1/privacy/requests/${request.id}/archive`}
          className="link font-medium"
          download
        >
          Download the archive
        </a>
      </p>
    </Card>
  );
}

function Receipt({ receipt }: { receipt: string }) {
  return (
    <Card
      title="Receipt"
      description="Signed. It proves what was done, to which files, by which policy, without naming the person."
      footer={
        <Link href={`${PATH}/verify`} className="link">
          Verify a receipt
        </Link>
      }
    >
      <CodeBlock samples={{ label: 'Receipt', code: receipt }} maxHeight="10rem" wrap />
    </Card>
  );
}
