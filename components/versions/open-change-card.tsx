import { Badge, StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { OpenChange } from '@/lib/provisioning/versions';
import { AcknowledgeButton, ChangeActions } from './change-actions';
import { ChangeList } from './change-list';
import { columnWords, groundWords } from './impact-list';
import { BUMPS, versionState } from './version-words';

/** The change that is open: what breaks, whose word is missing, what can be done. */
export function OpenChangeCard({ change }: { change: OpenChange }) {
  const { tone, text } = versionState(change.status);
  const { counts, bump, diff } = change;
  return (
    <Card
      id="change"
      title={
        <span className="flex flex-wrap items-center gap-2">
          Version {change.version} <StatusBadge tone={tone}>{text}</StatusBadge>
          {bump && <Badge>{BUMPS[bump]}</Badge>}
        </span>
      }
      description={change.reason}
      actions={<ChangeActions change={change} />}
    >
      <RefreshWhile active={change.status === 'activating'} />
      <div className="grid gap-4">
        {change.isAsked && (
          <Callout
            tone="warn"
            title="Your acknowledgement is asked for"
            actions={<AcknowledgeButton change={change} />}
          >
            You use something that breaks. The version of today answers for {change.windowDays} days
            after the new one is in force.
          </Callout>
        )}
        {change.status === 'activating' && change.runId && (
          <Callout
            tone="info"
            title="On its way to production"
            actions={<ButtonLink href={`/runs/${change.runId}`}>Follow the run</ButtonLink>}
          >
            It is loaded into staging and tested. When every gate is open, one step switches.
          </Callout>
        )}
        {change.error && (
          <Callout
            tone="error"
            title="It could not take effect"
            actions={
              change.runId && (
                <ButtonLink href={`/runs/${change.runId}`}>Look at the run</ButtonLink>
              )
            }
          >
            {change.error} Mend what is named and put it in force again, or withdraw it and propose
            another.
          </Callout>
        )}
        {change.gate && (
          <Callout tone="info" title="The gate is closed">
            {change.gate}
          </Callout>
        )}
        {change.overrideReason && (
          <Callout tone="warn" title="The gate was opened with a reason">
            {change.overrideReason}
          </Callout>
        )}
        <ChangeList diff={diff} />
        {counts.asked > 0 && (
          <p>
            {counts.acknowledged} of {counts.asked} consumers have acknowledged.
          </p>
        )}
        {change.acknowledgements.length > 0 && <Answers change={change} />}
      </div>
    </Card>
  );
}

function Answers({ change }: { change: OpenChange }) {
  return (
    <Table
      caption="Consumers who were asked"
      className="rounded-md border"
      rows={change.acknowledgements}
      rowKey={(one) => one.userId}
      columns={[
        { key: 'who', header: 'Consumer', rowHeader: true, cell: (one) => one.name },
        { key: 'why', header: 'Because', cell: (one) => groundWords(one.ground) },
        { key: 'columns', header: 'Uses', cell: (one) => columnWords(one.ground.columns) },
        {
          key: 'answer',
          header: 'Answer',
          cell: ({ acknowledgedAt, note }) =>
            acknowledgedAt ? (
              <>
                <StatusBadge tone="ok">Acknowledged</StatusBadge>
                <span className="mt-1 block text-sm text-muted">
                  <RelativeTime at={acknowledgedAt} /> {note}
                </span>
              </>
            ) : (
              <StatusBadge tone="warn">Waiting</StatusBadge>
            ),
        },
      ]}
    />
  );
}
