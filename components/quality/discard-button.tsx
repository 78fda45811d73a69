'use client';

import { useRouter } from 'next/navigation';
import { discardQuarantineAction } from '@/app/(portal)/products/[domain]/[product]/quality/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';

/** Destroys a side file for good. */
export function DiscardButton({ id, rows }: { id: string; rows: number }) {
  const router = useRouter();
  const toast = useToast();
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
      onConfirm={async () => {
        const answer = await discardQuarantineAction({ id });
        if (!answer.ok) return answer;
        toast({ title: 'Destroyed', tone: 'ok' });
        router.refresh();
        return answer;
      }}
    />
  );
}
