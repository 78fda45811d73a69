import Link from 'next/link';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { ViolationDetail } from '@/lib/compliance';
import { AskWaiverDialog } from '../governance/ask-waiver-dialog';
import { GovernanceTabs } from '../governance/governance-tabs';
import { AcknowledgeButton, AssignForm, NoteForm } from './violation-forms';
import { eventLabel, levelLook, regulationLabel, stateLook } from './violation-words';

const PATH = '/governance/violations';

export function ViolationView({ violation }: { violation: ViolationDetail }) {
  const { title, level, status, resolution, canManage, product, rule } = violation;
  const state = stateLook(status, resolution);
  const isOver = status === 'resolved';
  return (
    <>
      <PageHeader
        title={title}
        description={violation.ruleTitle}
        crumbs={[
          { label: 'Governance', href: '/governance' },
          { label: 'Violations', href: PATH },
          { label: violation.id.slice(-8) },
        ]}
        badges={
          <>
            <StatusBadge tone={levelLook(level).tone}>{levelLook(level).label}</StatusBadge>
            <StatusBadge tone={state.tone}>{state.label}</StatusBadge>
          </>
        }
        actions={
          canManage &&
          !isOver && (
            <>
              {product && <AskWaiverDialog subject={{ productId: product.id }} ruleId={rule} />}
              {status === 'open' && <AcknowledgeButton violationId={violation.id} />}
            </>
          )
        }
      />
      <GovernanceTabs current={PATH} />
      <div className="flex flex-col gap-6">
        <Callout
          tone={isOver ? 'ok' : level === 'error' ? 'error' : 'warn'}
          title={isOver ? 'It is over' : 'What is wrong'}
        >
          {violation.message}
        </Callout>
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-6">
            <Facts violation={violation} />
            <Evidence rows={violation.evidence} />
          </div>
          <div className="flex min-w-0 flex-col gap-6">
            {canManage && !isOver && (
              <Card title="Who sees to it">
                <AssignForm violation={violation} />
              </Card>
            )}
            <Card title="History">
              <History violation={violation} />
              {canManage && !isOver && <NoteForm violationId={violation.id} />}
            </Card>
          </div>
        </div>
      </div>
    </>
  );
}

function Facts({ violation }: { violation: ViolationDetail }) {
  const { product, regulations, resolvedAt } = violation;
  return (
    <Card title="The violation">
      <KeyValue
        layout="grid"
        items={[
          {
            label: 'Product',
            value: product && (
              <Link href={`/products/${product.domain}/${product.name}`} className="link">
                {product.title}
              </Link>
            ),
          },
          { label: 'Rule', value: violation.rule, mono: true },
          { label: 'Assigned to', value: violation.assignee ?? 'nobody' },
          {
            label: 'Regulations',
            value:
              regulations.length === 0 ? (
                'none'
              ) : (
                <span className="flex flex-wrap gap-1.5">
                  {regulations.map((name) => (
                    <Badge key={name}>{regulationLabel(name)}</Badge>
                  ))}
                </span>
              ),
          },
          { label: 'First seen', value: <RelativeTime at={violation.firstSeenAt} /> },
          { label: 'Last seen', value: <RelativeTime at={violation.lastSeenAt} /> },
          {
            label: 'Found',
            value:
              violation.occurrences === 1
                ? 'once'
                : `${violation.occurrences.toLocaleString('en-GB')} times`,
          },
          resolvedAt
            ? { label: 'Over since', value: <RelativeTime at={resolvedAt} /> }
            : { label: 'Escalated', value: `${violation.escalation} of 3 steps` },
        ]}
      />
    </Card>
  );
}

const shown = (value: string | number | null | undefined) =>
  typeof value === 'number' ? value.toLocaleString('en-GB') : (value ?? '–');

function Evidence({ rows }: { rows: ViolationDetail['evidence'] }) {
  const numbered = rows.map((row, at) => ({ key: String(at), row }));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <Card
      title="Evidence"
      description="What the latest look found, at most 50 rows; never a value of personal data."
      flush
    >
      <Table<(typeof numbered)[number]>
        caption="Evidence"
        rows={numbered}
        rowKey={(one) => one.key}
        empty={<EmptyState title="No rows" description="The message above says it all." />}
        columns={names.map((name, at) => ({
          key: name,
          header: name,
          rowHeader: at === 0,
          className: 'max-w-96 break-words',
          align: rows.every((row) => typeof row[name] === 'number') ? 'right' : 'left',
          cell: (one: (typeof numbered)[number]) => shown(one.row[name]),
        }))}
      />
    </Card>
  );
}

function History({ violation }: { violation: ViolationDetail }) {
  return (
    <ol className="flex flex-col gap-4" aria-label="History">
      {violation.events.map((event) => (
        <li key={event.id} className="border-l-2 pl-3">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="font-medium">{eventLabel(event.kind)}</span>
            <span className="text-sm text-subtle">
              <RelativeTime at={event.at} />
            </span>
          </p>
          <p className="text-sm text-muted">by {event.actor ?? 'the monitor'}</p>
          {event.note && <p className="mt-0.5 text-sm break-words">{event.note}</p>}
        </li>
      ))}
    </ol>
  );
}
