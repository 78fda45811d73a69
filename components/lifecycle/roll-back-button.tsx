'use client';

import { Undo2 } from 'lucide-react';
import { rollBackAction } from '@/app/(portal)/products/[domain]/[product]/lifecycle-actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

interface Props {
  productId: string;
  /** Without one: what the release before served. */
  snapshotId?: string;
  /** What is served as the person looks. */
  servedId: string | undefined;
  label: string;
  /** What is served then, in words. */
  to: string;
  size?: 'sm';
}

/** Serves an earlier snapshot at once, after saying what that means. */
export function RollBackButton({ productId, snapshotId, servedId, label, to, size }: Props) {
  const which = { ...(snapshotId && { snapshotId }), ...(servedId && { servedId }) };
  return (
    <ConfirmDialog
      trigger={
        <Button size={size} icon={<Undo2 aria-hidden />} aria-label={`${label}: ${to}`}>
          {label}
        </Button>
      }
      title={`Serve ${to}?`}
      effects={[
        'Readers get it from their next request on; those under way finish on what they began with.',
        'A snapshot of an earlier release brings that release’s contract, version and pipeline back.',
        'What is served now is kept: you can go back to it in the same way.',
        'Consumers are told. A load on schedule replaces it again.',
      ]}
      confirmLabel="Serve it"
      danger={false}
      ask={{
        ...{ label: 'Reason', hint: 'Stands in the notice and in the audit log.' },
        ...{ isOptional: true, most: 500 },
      }}
      onConfirm={(reason) => rollBackAction({ productId, reason, ...which })}
      done={({ number, version }) => `Snapshot ${number} is served, version ${version}`}
    />
  );
}
