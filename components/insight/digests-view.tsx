'use client';

import { Mail } from 'lucide-react';
import { stopDigestAction } from '@/app/(portal)/insight/actions';
import { StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { DigestRow } from '@/lib/insight';
import { ConfirmAct } from './confirm-act';
import { DAYS, DigestForm, hourText } from './digest-form';
import { InsightNav } from './insight-nav';
import type { InsightScope } from './scope-href';

interface DigestsViewProps {
  scope: InsightScope;
  digests: DigestRow[];
  hasMailServer: boolean;
}

/** Figures that come by e-mail, and what will come. */
export function DigestsView({ scope, digests, hasMailServer }: DigestsViewProps) {
  return (
    <>
      <PageHeader
        title="Insight by e-mail"
        description="The figures of a week or a month, with what changed and which targets were missed, of what you may find when they are sent."
      />
      <InsightNav current="/insight/digests" />
      <div className="flex flex-col gap-6">
        {!hasMailServer && (
          <Callout tone="warn" title="No mail server is set">
            Nothing can be sent. Whoever runs Portolan sets one with <code>PORTOLAN_SMTP_URL</code>.
          </Callout>
        )}
        <Card title="What you get" flush>
          <DigestTable digests={digests} />
        </Card>
        <DigestForm scope={scope} hasMailServer={hasMailServer} />
      </div>
    </>
  );
}

const whenText = ({ every, day, hour, timeZone }: DigestRow) =>
  `${every === 'week' ? `Every ${DAYS[day - 1]}` : `On day ${day} of each month`} at ${hourText(hour)}, ${timeZone}`;

function DigestTable({ digests }: { digests: DigestRow[] }) {
  return (
    <Table
      caption="Figures that you get by e-mail"
      rows={digests}
      rowKey={(row) => row.id}
      empty={
        <EmptyState
          icon={<Mail />}
          title="You get no figures by e-mail"
          description="Choose below what should come, and look at it first."
        />
      }
      columns={[
        {
          key: 'of',
          header: 'Figures of',
          rowHeader: true,
          cell: (row) => (
            <>
              <span className="block font-medium break-words">{row.place}</span>
              <span className="block text-sm font-normal text-subtle">{whenText(row)}</span>
            </>
          ),
        },
        {
          key: 'next',
          header: 'Next',
          cell: (row) =>
            row.nextAt ? (
              <RelativeTime at={row.nextAt} />
            ) : (
              <StatusBadge tone="warn">Stopped: {row.stoppedFor}</StatusBadge>
            ),
        },
        { key: 'last', header: 'Last', cell: (row) => <Last last={row.last} /> },
        {
          key: 'stop',
          header: <span className="sr-only">Stop</span>,
          align: 'right',
          cell: (row) => <StopDigest digest={row} />,
        },
      ]}
    />
  );
}

const TONES = { sent: 'ok', failed: 'error', 'on its way': 'info' } as const;

function Last({ last }: { last: DigestRow['last'] }) {
  if (!last) return 'None yet';
  return (
    <span className="flex flex-col gap-0.5">
      <span className="flex items-center gap-2">
        <StatusBadge tone={TONES[last.state]}>{last.state}</StatusBadge>
        <RelativeTime at={last.at} />
      </span>
      {last.error && <span className="text-sm break-words text-error">{last.error}</span>}
    </span>
  );
}

const StopDigest = ({ digest }: { digest: DigestRow }) => (
  <ConfirmAct
    label="Stop"
    title={`Stop the figures of ${digest.place}?`}
    effects={['They come no more.']}
    call={stopDigestAction}
    input={{ digestId: digest.id }}
  />
);
