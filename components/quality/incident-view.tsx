import { StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { IncidentDetail, RuleHistory } from '@/lib/quality';
import { TimeLines } from '../charts/time-lines';
import { countText, titleCase } from '../products/labels';
import { AssignForm, CommentForm, RootCauseForm } from './incident-forms';
import { eventWord, incidentLook, jobLook, remedyWord } from './quality-words';
import { RemedyDialog } from './remedy-dialog';
import { RunRulesButton } from './run-rules-button';
import { ShowRows } from './show-rows';

interface IncidentViewProps {
  incident: IncidentDetail;
  history: RuleHistory | null;
}

export function IncidentView({ incident, history }: IncidentViewProps) {
  const { status, level, remediations } = incident;
  const isOver = status === 'resolved';
  const isBusy = remediations.some((one) => one.status === 'queued' || one.status === 'running');
  return (
    <>
      <RefreshWhile active={isBusy} />
      <Header incident={incident} />
      <div className="flex flex-col gap-6">
        <Callout
          tone={isOver ? 'ok' : level === 'error' ? 'error' : 'warn'}
          title={isOver ? 'It is over' : 'What is wrong'}
          actions={
            incident.sampleSize > 0 && (
              <ShowRows
                path={`/quality/incidents/${incident.id}/rows`}
                title="Rows that broke the rule"
              />
            )
          }
        >
          {isOver ? 'A run of the rules ended it. It was: ' : ''}
          {incident.message}
        </Callout>
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-6">
            <Facts incident={incident} />
            <Remedies remediations={remediations} />
            {history && history.points.length > 0 && (
              <Card title="Score of the rule" description="Share of good rows, of 100, run by run.">
                <TimeLines
                  label="Score of the rule by run"
                  series={[{ key: 'score', label: 'Score' }]}
                  points={history.points.map(({ at, score }) => ({ at, values: { score } }))}
                  to={100}
                />
              </Card>
            )}
          </div>
          <Work incident={incident} />
        </div>
      </div>
    </>
  );
}

function Header({ incident }: { incident: IncidentDetail }) {
  const { product, status, level, canManage } = incident;
  const look = incidentLook(status, level);
  return (
    <PageHeader
      title={incident.ruleName}
      description={incident.rule?.says ?? 'The rule is gone.'}
      crumbs={[
        { label: 'Catalogue', href: '/catalog' },
        { label: product.title, href: `/products/${product.address}` },
        { label: 'Quality', href: `/products/${product.address}/quality` },
        { label: 'Incident' },
      ]}
      badges={<StatusBadge tone={look.tone}>{look.label}</StatusBadge>}
      actions={
        canManage &&
        status === 'open' && (
          <>
            <RunRulesButton productId={product.id} />
            <RemedyDialog incident={incident} />
          </>
        )
      }
    />
  );
}

/** What people do about it. */
function Work({ incident }: { incident: IncidentDetail }) {
  const isWorkedOn = incident.canManage && incident.status === 'open';
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {isWorkedOn && (
        <Card title="Who sees to it">
          <AssignForm incident={incident} />
        </Card>
      )}
      <Card title="Root cause">
        {isWorkedOn ? (
          <RootCauseForm incident={incident} />
        ) : (
          <p className="break-words">{incident.rootCause || 'Nobody said why yet.'}</p>
        )}
      </Card>
      <Card title="History">
        <History incident={incident} />
        {isWorkedOn && <CommentForm incidentId={incident.id} />}
      </Card>
    </div>
  );
}

function Facts({ incident }: { incident: IncidentDetail }) {
  const { rule, openedAt, lastSeenAt, resolvedAt, occurrences } = incident;
  return (
    <Card title="The incident">
      <KeyValue
        layout="grid"
        items={[
          { label: 'Check', value: rule?.check ?? '–', mono: true },
          { label: 'Column', value: rule?.column ?? 'the table', mono: true },
          { label: 'Dimension', value: titleCase(incident.dimension) },
          { label: 'Assigned to', value: incident.assignee ?? 'nobody' },
          {
            label: 'Bad rows',
            value: `${countText(incident.failing)} of ${countText(incident.checked)}`,
          },
          { label: 'Found', value: occurrences === 1 ? 'once' : `${countText(occurrences)} times` },
          { label: 'Since', value: <RelativeTime at={openedAt} /> },
          resolvedAt
            ? { label: 'Over since', value: <RelativeTime at={resolvedAt} /> }
            : { label: 'Last seen', value: <RelativeTime at={lastSeenAt} /> },
        ]}
      />
    </Card>
  );
}

function Remedies({ remediations }: { remediations: IncidentDetail['remediations'] }) {
  return (
    <Card title="Remedies" description="What was done to the rows that are served." flush>
      <Table
        caption="Remedies"
        rows={remediations}
        rowKey={(one) => one.id}
        empty={
          <EmptyState
            title="Nothing was done yet"
            description="Put the bad rows into quarantine, fix them, or go back to the last good snapshot."
          />
        }
        columns={[
          { key: 'kind', header: 'Remedy', rowHeader: true, cell: (one) => remedyWord(one.kind) },
          {
            key: 'status',
            header: 'State',
            cell: (one) => (
              <>
                <StatusBadge tone={jobLook(one.status).tone}>
                  {jobLook(one.status).label}
                </StatusBadge>
                {one.error && <span className="block text-sm text-muted">{one.error}</span>}
              </>
            ),
          },
          { key: 'rows', header: 'Rows', align: 'right', cell: (one) => countText(one.rows) },
          { key: 'at', header: 'When', cell: (one) => <RelativeTime at={one.at} /> },
        ]}
      />
    </Card>
  );
}

function History({ incident }: { incident: IncidentDetail }) {
  return (
    <ol className="flex flex-col gap-4" aria-label="History">
      {incident.events.map((event) => (
        <li key={event.id} className="border-l-2 pl-3">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="font-medium">{eventWord(event.kind)}</span>
            <span className="text-sm text-subtle">
              <RelativeTime at={event.at} />
            </span>
          </p>
          <p className="text-sm text-muted">by {event.actor ?? 'the quality runs'}</p>
          {event.note && <p className="mt-0.5 text-sm break-words">{event.note}</p>}
        </li>
      ))}
    </ol>
  );
}
