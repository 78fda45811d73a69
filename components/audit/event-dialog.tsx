'use client';

import { useRouter } from 'next/navigation';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { KeyValue } from '@/components/ui/key-value';
import { RelativeTime } from '@/components/ui/relative-time';
import type { AuditRow, Difference } from '@/lib/audit';
import { ChangesTable } from './changes-table';

interface EventDialogProps {
  event: AuditRow;
  /** What it changed; empty when it changed nothing. */
  changes: Difference[];
  closeHref: string;
}

/** The row that the address names; closing goes back to the list where it was. */
export function EventDialog({ event, changes, closeHref }: EventDialogProps) {
  const router = useRouter();
  const detail = { label: 'Detail', code: JSON.stringify(event.detail, null, 2) };
  return (
    <Dialog
      open
      size="lg"
      title={event.action}
      description={`Row ${event.seq} of chain ${event.chain}`}
      onOpenChange={(open) => {
        if (!open) router.push(closeHref, { scroll: false });
      }}
    >
      <div className="grid gap-4">
        <KeyValue
          items={[
            { label: 'When', value: <RelativeTime at={event.at} /> },
            { label: 'Exactly', value: event.at, mono: true },
            { label: 'Who', value: event.actor.label },
            ...(event.decision
              ? [{ label: 'Decision', value: event.decision === 'allow' ? 'Allowed' : 'Refused' }]
              : []),
            ...(event.target
              ? [{ label: 'Target', value: `${event.target.type} ${event.target.id}`, mono: true }]
              : []),
            { label: 'Request', value: event.requestId ?? '–', mono: true },
            { label: 'Row id', value: event.id, mono: true },
          ]}
        />
        {changes.length > 0 && <ChangesTable changes={changes} />}
        <CodeBlock samples={detail} maxHeight="18rem" wrap />
        <KeyValue
          items={[
            { label: 'Hash', value: <Hash text={event.hash} />, mono: true },
            { label: 'Hash before', value: <Hash text={event.prevHash} />, mono: true },
          ]}
        />
        <p className="text-sm text-muted">
          The hash is SHA-256 over the hash before and this row.{' '}
          <code className="font-mono">npm run audit:verify</code> recomputes the whole log.
        </p>
      </div>
    </Dialog>
  );
}

const Hash = ({ text }: { text: string }) => <span className="break-all">{text}</span>;
