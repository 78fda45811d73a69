'use client';

import { discardQuarantineAction } from '@/app/(portal)/products/[domain]/[product]/quality/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

/** Destroys a side file for good. */
export function DiscardButton({ id, rows }: { id: string; rows: number }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="ghost">
          Destroy
        </Button>
      }
      title="Destroy these rows?"
      effects={[
        `${rows.toLocaleString('en')} rows and the key that opens them are destroyed.`,
        'Nobody can bring them back.',
        'What is served stays as it is.',
      ]}
      confirmLabel="Destroy the rows"
      onConfirm={() => discardQuarantineAction({ id })}
      done="Destroyed"
    />
  );
}
